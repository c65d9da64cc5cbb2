import { cli, isClosedPipe } from './cli.ts';
import { processIo } from './io.ts';

// A closed pipe also arrives as an event; there is nobody left to tell.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (isClosedPipe(error)) process.exit();
    throw error;
  });

cli(process.argv.slice(2), processIo()).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (isClosedPipe(error)) process.exit();
    process.exitCode = 2;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  },
);
