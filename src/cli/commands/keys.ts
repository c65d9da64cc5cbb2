import { writeFile } from 'node:fs/promises';
import { makeKeys } from '../../audit/index.ts';
import { systemError } from '../../workbook/bookError.ts';
import type { Io, Status } from '../io.ts';
import type { KeysRequest } from '../request.ts';
import { texts } from '../texts.ts';

/** `allot keys`: a new pair of keys, the private one into a file that was not there, the public one on stdout. */
export async function keys({ out, language, json }: KeysRequest, io: Io): Promise<Status> {
  const { privatePem, publicText } = await makeKeys();
  // A key that is written over is lost, and with it the proof of all that was not signed yet.
  await writeFile(out, privatePem, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw systemError(out, error, true);
  });
  if (json) await io.out([`${JSON.stringify({ public: publicText, path: out }, null, 2)}\n`]);
  else {
    await io.out([`${publicText}\n`]);
    await io.err([`${texts(language).keyMade(out)}\n`]);
  }
  return 0;
}
