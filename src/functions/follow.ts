import type { Answer, FunctionError, Query } from '../live/queries.ts';
import type { Failure, Session, SessionState } from '../live/session.ts';
import { type Language, message } from '../problems/messages/index.ts';
import { placeText } from '../problems/problem.ts';
import { functionWords } from './words.ts';

/** Keeps the answers to what cells ask up with the workbook. */
export interface Follower {
  /**
   * Pushes the answer to a query when there is one, and every answer that differs from the one before, until the
   * function that it gives is called. Nothing is pushed before this call has returned.
   */
  follow(query: Query, push: (answer: Answer) => void): () => void;
  close(): void;
}

export interface FollowerOptions {
  /** Puts off what is asked in one go until all of it has been asked; a timer of 0 by default. */
  readonly schedule?: (flush: () => void) => void;
}

/** Everybody who asks the same thing. */
interface Topic {
  readonly query: Query;
  readonly followers: Set<{ readonly push: (answer: Answer) => void; seen: string | null }>;
  /** The last answer with its text, for telling whether a new one differs. */
  answer: { readonly answer: Answer; readonly text: string } | null;
  /** Of the state that it answers. */
  asked: number;
}

/**
 * Follows a session. What is asked in one go, and all that is asked at a new evaluation, goes to the calculator in one
 * call, each different query once. While the first evaluation is under way cells wait; where a later one is
 * given up cells that have an answer keep it, and those that come are told.
 */
export function createFollower(
  session: Session,
  language: Language,
  options: FollowerOptions = {},
): Follower {
  const schedule = options.schedule ?? ((flush: () => void) => void setTimeout(flush, 0));
  const topics = new Map<string, Topic>();
  /** Topics that somebody has come to since the last flush. */
  const newcomers = new Set<Topic>();
  /** Rises when answers may have changed. */
  let turn = 0;
  /** The turn of which all topics but the newcomers have been asked. */
  let answered = -1;
  let last: SessionState | null = null;
  let scheduled = false;
  let asking = false;
  let closed = false;
  const unsubscribe = session.subscribe(onState);
  onState(session.state);

  /** Answers come from a state that nothing is being done to. */
  function onState(state: SessionState): void {
    if (state.phase !== 'idle' || (state.revision === 0 && state.failure === null)) return;
    const given = state.failure?.kind === 'cancelled' && state.revision > 0;
    const same =
      last !== null &&
      last.revision === state.revision &&
      last.asOf === state.asOf &&
      last.failure === state.failure;
    last = state;
    if (!same && !given) turn += 1;
    // Even where nothing is new somebody may have come while there was work under way.
    wake();
  }

  function wake(): void {
    if (scheduled || closed) return;
    scheduled = true;
    schedule(() => {
      scheduled = false;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    if (asking || closed || last === null || session.state.phase !== 'idle') return;
    const now = turn;
    // Where nothing is new but who has come, nobody else is looked at.
    const waiting = answered === now ? [...newcomers] : [...topics.values()];
    newcomers.clear();
    answered = now;
    const due = waiting.filter((topic) => topic.asked !== now);
    for (const topic of waiting) if (topic.asked === now) tell(topic);
    if (due.length === 0) return;
    asking = true;
    const answers = await ask(
      due.map(({ query }) => query),
      last,
    );
    asking = false;
    due.forEach((topic, i) => {
      const answer = answers?.[i];
      if (answer === undefined) {
        newcomers.add(topic);
        return;
      }
      topic.answer = { answer, text: JSON.stringify(answer) };
      topic.asked = now;
      tell(topic);
    });
    if (turn !== now || newcomers.size > 0) wake();
  }

  /** One answer a query; null where a newer state is about to ask anew. */
  async function ask(queries: readonly Query[], state: SessionState): Promise<readonly Answer[] | null> {
    const all = (error: FunctionError): readonly Answer[] => queries.map(() => error);
    // After a failure, be it that work was given up, the calculator may have half of what was read.
    if (state.failure !== null) return all(failureError(state.failure, language));
    try {
      const answers = await session.calculator.answers(queries, state.asOf, language);
      if (answers.length !== queries.length) throw new Error('a query without an answer');
      return answers;
    } catch (error) {
      if (session.state !== state) return null;
      return all(failureError(failureOf(error), language));
    }
  }

  function tell({ followers, answer }: Topic): void {
    if (answer === null) return;
    for (const follower of [...followers]) {
      if (follower.seen === answer.text || closed) continue;
      follower.seen = answer.text;
      try {
        follower.push(answer.answer);
      } catch {
        // A cell that is gone must not keep the others from their answers.
      }
    }
  }

  return {
    follow(query, push) {
      const id = JSON.stringify(query);
      const topic = topics.get(id) ?? { query, followers: new Set(), answer: null, asked: -1 };
      topics.set(id, topic);
      const follower = { push, seen: null };
      topic.followers.add(follower);
      newcomers.add(topic);
      wake();
      return () => {
        topic.followers.delete(follower);
        if (topic.followers.size > 0 || topics.get(id) !== topic) return;
        topics.delete(id);
        newcomers.delete(topic);
      };
    },
    close() {
      closed = true;
      unsubscribe();
      topics.clear();
    },
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'cancelled' };
  return { kind: 'crash', text: error instanceof Error ? error.message : String(error) };
}

/** What a cell shows where there is nothing to ask. */
export function failureError(failure: Failure, language: Language): FunctionError {
  const words = functionWords(language);
  switch (failure.kind) {
    case 'book': {
      const { problem } = failure;
      const said = message(problem, language);
      const text = problem.at === undefined ? said : `${placeText(problem.at)}: ${said}`;
      return { kind: 'error', error: '#VALUE!', message: text };
    }
    case 'cancelled':
      return { kind: 'error', error: '#N/A', message: words.cancelled };
    case 'crash':
      return { kind: 'error', error: '#VALUE!', message: words.crash(firstLine(failure.text)) };
    default: {
      const never: never = failure;
      return never;
    }
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
