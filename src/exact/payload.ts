/** Whole numbers in as few bytes as they take. To be changed: `new Float64Array(payload)`, or `holding`. */
export type Payload = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** Of less than eight bytes a number. */
export type NarrowPayload = Exclude<Payload, Float64Array>;

const MOST_INT = 2 ** 31 - 1;

/** The smallest and the largest number that a payload can have. */
export function limitsOf(payload: Payload): readonly [low: number, high: number] {
  if (payload instanceof Uint8Array) return [0, 0xff];
  if (payload instanceof Uint16Array) return [0, 0xffff];
  if (payload instanceof Int32Array) return [-MOST_INT, MOST_INT];
  return [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
}

/** Zeros, in room for numbers from `low` to `high`. */
export function payloadFor(length: number, low: number, high: number): Payload {
  if (low < -MOST_INT || high > MOST_INT) return new Float64Array(length);
  if (low < 0 || high > 0xffff) return new Int32Array(length);
  return high > 0xff ? new Uint16Array(length) : new Uint8Array(length);
}

/** The payload itself if it can have a number, else its numbers in one that can. */
export function holding(payload: Payload, x: number): Payload {
  const [low, high] = limitsOf(payload);
  if (x >= low && x <= high) return payload;
  const wider = payloadFor(payload.length, Math.min(x, low), Math.max(x, high));
  wider.set(payload);
  return wider;
}

/** The largest |k|. */
export function largest(payload: Payload): number {
  // A loop is quickest over one type of array.
  if (payload instanceof Uint8Array) return largest8(payload);
  if (payload instanceof Int32Array) return largest32(payload);
  let most = 0;
  for (let i = 0; i < payload.length; i++) {
    const k = payload[i] ?? 0;
    if (k > most) most = k;
    else if (-k > most) most = -k;
  }
  return most;
}

function largest8(payload: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < payload.length; i++) {
    const k = payload[i] ?? 0;
    if (k > most) most = k;
  }
  return most;
}

function largest32(payload: Int32Array): number {
  let most = 0;
  for (let i = 0; i < payload.length; i++) {
    const k = payload[i] ?? 0;
    if (k > most) most = k;
    else if (-k > most) most = -k;
  }
  return most;
}

/** Whether numbers from one place to before another rise, each above the one before. */
export function isRising(payload: Payload, from: number, to: number): boolean {
  if (payload instanceof Int32Array) return isRising32(payload, from, to);
  for (let i = from + 1; i < to; i++) if ((payload[i] ?? 0) <= (payload[i - 1] ?? 0)) return false;
  return true;
}

function isRising32(payload: Int32Array, from: number, to: number): boolean {
  let last = payload[from] ?? 0;
  let i = from + 1;
  for (; i + 3 < to; i += 4) {
    const a = payload[i] ?? 0;
    const b = payload[i + 1] ?? 0;
    const c = payload[i + 2] ?? 0;
    const d = payload[i + 3] ?? 0;
    if (last >= a || a >= b || b >= c || c >= d) return false;
    last = d;
  }
  for (; i < to; i++) {
    const x = payload[i] ?? 0;
    if (x <= last) return false;
    last = x;
  }
  return true;
}
