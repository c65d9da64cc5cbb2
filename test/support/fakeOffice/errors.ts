/** An error as Office.js throws it: told apart by its `code`. */
export interface FakeOfficeError extends Error {
  readonly code: string;
  readonly debugInfo: { readonly code: string; readonly message: string; readonly errorLocation: string };
}

export function fakeError(code: string, message: string): FakeOfficeError {
  const debugInfo = { code, message, errorLocation: '' };
  return Object.assign(new Error(`${code}: ${message}`), { name: 'RichApi.Error', code, debugInfo });
}
