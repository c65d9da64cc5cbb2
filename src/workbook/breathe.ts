/** Lets other work go on (a key pressed, a signal) and stops where `signal` is aborted. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  signal?.throwIfAborted();
}
