/** Offers a text as a file to keep. Some web views of Office save none: what must not be lost is shown as well. */
export function download(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Browsers read it a little later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
