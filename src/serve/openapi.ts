import manifest from '../../package.json';
import { FAULTS, type FaultCode } from './faults.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { ref } from './schemaParts.ts';
import { SCHEMAS } from './schemas.ts';

type Json = { readonly [name: string]: unknown };

/** What any request may be answered with. */
const ALWAYS: readonly FaultCode[] = ['bad-http', 'too-slow', 'wrong-host', 'headers-too-long', 'internal'];
const WITH_TOKEN: readonly FaultCode[] = ['unauthorized'];

/** The description that the server gives of itself (OpenAPI 3.1), made from the routes that it has. */
export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ?? {};
    paths[operation.path] = path;
    path[operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Allot',
      version: manifest.version,
      summary: 'Evaluates, explains and verifies pay rules.',
      description:
        'Numbers in answers are exact and are texts: `"265.34"`, `"260/3"`. Messages are in English or Chinese, as Accept-Language asks. Books are read, never written.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: SCHEMAS,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      parameters: {
        Language: {
          name: 'Accept-Language',
          in: 'header',
          required: false,
          description: 'Of messages: `en` or `zh`.',
          schema: { type: 'string' },
        },
      },
    },
    'x-problem-types': Object.fromEntries(
      Object.entries(FAULTS).map(([code, { status, title }]) => [code, { status, title: title.en }]),
    ),
  };
}

function describe({ id, summary, description, request, answer, token, faults, example }: Operation): Json {
  const schema = answer === null ? { type: 'object' } : ref(answer);
  return {
    operationId: id,
    summary,
    description,
    ...(token ? {} : { security: [] }),
    parameters: [{ $ref: '#/components/parameters/Language' }],
    ...(request === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: ref(request), ...(example === null ? {} : { example }) },
            },
          },
        }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema } } },
      ...refusals([...ALWAYS, ...(token ? WITH_TOKEN : []), ...faults]),
    },
  };
}

/** By status: an answer of a status may have one of several types. */
function refusals(codes: readonly FaultCode[]): Json {
  const byStatus = new Map<number, FaultCode[]>();
  for (const code of codes) {
    const { status } = FAULTS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${FAULTS[code].title.en}.`).join(' '),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  );
}
