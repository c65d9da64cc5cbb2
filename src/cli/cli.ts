import { BookError } from '../workbook/bookError.ts';
import { answerProblems, answerRefusal } from './answer.ts';
import { parseArguments } from './arguments.ts';
import type { Io, Status } from './io.ts';
import type { Request } from './request.ts';
import { texts } from './texts.ts';

/** Runs the command line: arguments without Node's own, exit status back. Never throws, but for a closed pipe. */
export async function cli(args: readonly string[], io: Io): Promise<Status> {
  const parsed = parseArguments(args, io);
  if (parsed.kind === 'said') {
    await io.out([parsed.out]);
    await io.err([parsed.err]);
    return parsed.status;
  }
  const { request } = parsed;
  try {
    return await perform(request, io);
  } catch (error) {
    if (isClosedPipe(error)) throw error;
    const asked = {
      language: request.language,
      json: 'json' in request && request.json,
      asOf: 'asOf' in request ? request.asOf : null,
    };
    if (error instanceof BookError) {
      // A cell that can't be read is wrong data, not a wrong file.
      return error.problem.code === 'file'
        ? answerRefusal(io, asked, error.problem)
        : answerProblems(io, asked, [error.problem], []);
    }
    const t = texts(request.language);
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const where = io.env.ALLOT_DEBUG === '1' && error instanceof Error ? `${error.stack ?? ''}\n` : '';
    await io.err([`${t.internal(what)}\n${t.internalHelp}\n${where}`]);
    return 2;
  }
}

/** Each command brings in only what it needs: help and refusals come at once. */
async function perform(request: Request, io: Io): Promise<Status> {
  switch (request.kind) {
    case 'check':
      return (await import(/* webpackMode: "eager" */ './commands/check.ts')).check(request, io);
    case 'run':
      return (await import(/* webpackMode: "eager" */ './commands/run.ts')).run(request, io);
    case 'explain':
      return (await import(/* webpackMode: "eager" */ './commands/explain.ts')).explain(request, io);
    case 'rules':
      return (await import(/* webpackMode: "eager" */ './commands/rules.ts')).rules(request, io);
    case 'freeze':
      return (await import(/* webpackMode: "eager" */ './commands/freeze.ts')).freeze(request, io);
    case 'pay':
      return (await import(/* webpackMode: "eager" */ './commands/pay.ts')).pay(request, io);
    case 'lock':
      return (await import(/* webpackMode: "eager" */ './commands/lock.ts')).lock(request, io);
    case 'step':
      return (await import(/* webpackMode: "eager" */ './commands/approve.ts')).takeStep(request, io);
    case 'verify':
      return (await import(/* webpackMode: "eager" */ './commands/verify.ts')).verify(request, io);
    case 'keys':
      return (await import(/* webpackMode: "eager" */ './commands/keys.ts')).keys(request, io);
    case 'what-would':
      return (await import(/* webpackMode: "eager" */ './commands/whatWould.ts')).whatWould(request, io);
    case 'insight':
      return (await import(/* webpackMode: "eager" */ './commands/insight.ts')).insight(request, io);
    case 'review':
      return (await import(/* webpackMode: "eager" */ './commands/review.ts')).review(request, io);
    case 'compare':
      return (await import(/* webpackMode: "eager" */ './commands/compare.ts')).compare(request, io);
    case 'adjust':
      return (await import(/* webpackMode: "eager" */ './commands/adjust.ts')).adjust(request, io);
    case 'refresh':
      return (await import(/* webpackMode: "eager" */ './commands/refresh.ts')).refresh(request, io);
    case 'serve':
      // A file of its own: the other commands don't read it.
      return (await import(/* webpackChunkName: "allot-serve" */ './commands/serve.ts')).serve(request, io);
    case 'deliver':
      return (await import(/* webpackMode: "eager" */ './commands/deliver.ts')).deliver(request, io);
    case 'statements':
      return (await import(/* webpackMode: "eager" */ './commands/statements.ts')).statements(request, io);
    case 'verify-statement':
      return (await import(/* webpackMode: "eager" */ './commands/verifyStatement.ts')).verifyStatement(
        request,
        io,
      );
    default: {
      const never: never = request;
      return never;
    }
  }
}

/** The reader of our output (`| head`) has seen enough. */
export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
