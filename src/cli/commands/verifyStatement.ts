import { verifyStatement as verify } from '../../audit/statements/index.ts';
import { statementMessages } from '../../audit/statements/messages.ts';
import { readText } from '../audited.ts';
import type { Io, Status } from '../io.ts';
import type { VerifyStatementRequest } from '../request.ts';

/** `allot verify-statement`: a statement's file checked by itself. Fails if anything in it is not as it was made. */
export async function verifyStatement(request: VerifyStatementRequest, io: Io): Promise<Status> {
  const { file, anchor, language, json } = request;
  const say = statementMessages(language);
  const found = verify(await readText(file), anchor);
  const { findings, data, key, digest, row, anchored } = found;
  if (json) {
    const object = {
      findings: findings.map((finding) => ({ ...finding, message: say.finding(finding) })),
      ...(data === null
        ? {}
        : {
            asOf: data.content.asOf,
            table: data.content.table,
            key,
            statement: data.content.statement,
            digest,
          }),
      ledgerRow: row,
      anchored,
    };
    await io.out([`${JSON.stringify(object, null, 2)}\n`]);
  } else await io.out([`${say.report(found).join('\n')}\n`]);
  return findings.length > 0 ? 1 : 0;
}
