import { boxedAt, type Draft, draft, setTag, Tag, type Vec, vecOf } from './vec.ts';

/** What a condition is at a position. A BLANK is the caller's to judge; FAULT and UNSURE are as the tags FAIL and ASK. */
export const Truth = { NO: 0, YES: 1, BLANK: 2, FAULT: 3, UNSURE: 4 } as const;

/** A condition at each position; what is no logical is a fault. */
export function truths(v: Vec, n: number): Uint8Array {
  const out = new Uint8Array(n);
  const { data, tags, mask } = v;
  const other = v.kind === 'logical' ? -1 : Truth.FAULT;
  if (tags === null) {
    if (other >= 0) return out.fill(other);
    for (let i = 0; i < n; i++) out[i] = data[i & mask] ?? 0;
    return out;
  }
  for (let i = 0; i < n; i++) {
    const at = i & mask;
    switch (tags[at]) {
      case Tag.PLAIN:
        out[i] = other >= 0 ? other : (data[at] ?? 0);
        break;
      case Tag.BLANK:
        out[i] = Truth.BLANK;
        break;
      case Tag.BOXED: {
        const value = boxedAt(v, at);
        out[i] = value?.kind !== 'logical' ? Truth.FAULT : value.value ? Truth.YES : Truth.NO;
        break;
      }
      case Tag.ASK:
        out[i] = Truth.UNSURE;
        break;
      default:
        out[i] = Truth.FAULT;
    }
  }
  return out;
}

/** A blank is a fault here. */
export function strictTruths(v: Vec, n: number): Uint8Array {
  const out = truths(v, n);
  if (v.tags !== null) for (let i = 0; i < n; i++) if (out[i] === Truth.BLANK) out[i] = Truth.FAULT;
  return out;
}

export function logicalVec(states: Uint8Array): Vec {
  const n = states.length;
  const out: Draft = draft(n);
  for (let i = 0; i < n; i++) {
    const state = states[i] ?? 0;
    if (state <= Truth.YES) out.data[i] = state;
    else setTag(out, i, state === Truth.BLANK ? Tag.BLANK : state === Truth.FAULT ? Tag.FAIL : Tag.ASK);
  }
  return vecOf(out, { kind: 'logical' });
}

/** Positions in a state, rising. */
export function positionsOf(states: Uint8Array, wanted: number): Int32Array {
  let count = 0;
  for (let i = 0; i < states.length; i++) if (states[i] === wanted) count++;
  const out = new Int32Array(count);
  let at = 0;
  for (let i = 0; i < states.length; i++) if (states[i] === wanted) out[at++] = i;
  return out;
}

/** Whether a condition is neither TRUE nor FALSE at one of the rows that can match (1 in `alive`; null: all). */
export function isUnsure(alive: Uint8Array | null, states: Uint8Array): boolean {
  for (let i = 0; i < states.length; i++)
    if ((states[i] ?? 0) > Truth.YES && (alive === null || alive[i] === 1)) return true;
  return false;
}

/** Those of the rows that can match at which a condition is TRUE. */
export function whereYes(alive: Uint8Array | null, states: Uint8Array): Uint8Array {
  const out = new Uint8Array(states.length);
  for (let i = 0; i < out.length; i++)
    if (states[i] === Truth.YES && (alive === null || alive[i] === 1)) out[i] = 1;
  return out;
}
