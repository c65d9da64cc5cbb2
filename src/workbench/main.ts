import { h, render } from 'preact';
import './workbench.css';
import { App } from './App.tsx';
import type { OpenBook, Room } from './room.ts';
import { type AllotWorkbench, testing } from './testing.ts';

declare global {
  interface Window {
    allotWorkbench?: AllotWorkbench;
  }
}

const element = document.getElementById('allot');
if (element !== null) {
  let current: { readonly room: Room; readonly book: OpenBook; readonly opened: number } | null = null;
  window.allotWorkbench = testing(() => current);
  const onOpen = (room: Room, book: OpenBook): void => {
    current = { room, book, opened: (current?.opened ?? 0) + 1 };
  };
  render(h(App, { onOpen }), element);
}
