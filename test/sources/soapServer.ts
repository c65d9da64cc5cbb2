import { listen } from 'soap';
import { httpServer, type TestServer } from './httpServer.ts';

/** A column of the rows that a service gives. */
export interface SoapField {
  readonly name: string;
  readonly type: 'string' | 'decimal' | 'int' | 'dateTime' | 'date' | 'boolean';
}

/** The description of a service with one operation `list`, which takes a month and gives rows. */
export function wsdl(endpoint: string, fields: readonly SoapField[]): string {
  const elements = fields
    .map(({ name, type }) => `<xsd:element name="${name}" type="xsd:${type}" minOccurs="0" nillable="true"/>`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Rows" targetNamespace="urn:rows" xmlns:tns="urn:rows" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<wsdl:types><xsd:schema targetNamespace="urn:rows" elementFormDefault="qualified">
<xsd:complexType name="Row"><xsd:sequence>${elements}</xsd:sequence></xsd:complexType>
<xsd:element name="listRequest"><xsd:complexType><xsd:sequence><xsd:element name="month" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType></xsd:element>
<xsd:element name="listResponse"><xsd:complexType><xsd:sequence><xsd:element name="count" type="xsd:int"/><xsd:element name="row" type="tns:Row" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType></xsd:element>
</xsd:schema></wsdl:types>
<wsdl:message name="listIn"><wsdl:part name="parameters" element="tns:listRequest"/></wsdl:message>
<wsdl:message name="listOut"><wsdl:part name="parameters" element="tns:listResponse"/></wsdl:message>
<wsdl:portType name="RowsPort"><wsdl:operation name="list"><wsdl:input message="tns:listIn"/><wsdl:output message="tns:listOut"/></wsdl:operation></wsdl:portType>
<wsdl:binding name="RowsBinding" type="tns:RowsPort"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
<wsdl:operation name="list"><soap:operation soapAction="urn:rows:list"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>
<wsdl:service name="RowsService"><wsdl:port name="RowsPort" binding="tns:RowsBinding"><soap:address location="${endpoint}"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}

/** Serves rows under `/rows`, its description under `/rows?wsdl`; `give` gets the month that is asked for. */
export async function soapServer(
  fields: readonly SoapField[],
  give: (month: string | undefined) => readonly Readonly<Record<string, unknown>>[],
): Promise<TestServer> {
  const server = await httpServer(() => {});
  const services = {
    RowsService: {
      RowsPort: {
        list: (args: { readonly month?: string } | null) => {
          const rows = give(args?.month);
          return { count: rows.length, row: rows };
        },
      },
    },
  };
  const description = wsdl(`${server.url}/rows`, fields);
  // It puts itself in place of whoever listened before.
  await new Promise<void>((done, fail) =>
    listen(server.server, '/rows', services, description, (error: unknown) =>
      error == null ? done() : fail(error),
    ),
  );
  server.server.on('request', (request) =>
    server.asked.push({
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization ?? '',
    }),
  );
  return server;
}
