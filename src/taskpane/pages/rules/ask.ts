/** Once more where it was given up: whoever cancels a run does not mean this. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    return work();
  }
}

/** Today, for rules that are checked while no date is set: whole milliseconds since 1970-01-01. */
export function today(): number {
  const day = new Date();
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
}
