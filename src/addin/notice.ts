import './notice.css';

/** Says something in place of the pane: a heading and paragraphs, as text. */
export function showNotice(element: HTMLElement, title: string, paragraphs: readonly string[]): void {
  const box = document.createElement('main');
  box.className = 'notice';
  box.setAttribute('role', 'alert');
  box.append(textIn('h1', title), ...paragraphs.map((text) => textIn('p', text)));
  element.replaceChildren(box);
}

function textIn(tag: 'h1' | 'p', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
