/** Small things about the reader that stay on this computer; where the browser forbids that, they are forgotten. */
export interface Memory {
  get(name: string): string | null;
  set(name: string, value: string): void;
}

/** Kept in localStorage under `partition` and our name. */
export function memory(partition: string): Memory {
  const key = (name: string): string => `${partition}allot.${name}`;
  return {
    get(name) {
      try {
        return window.localStorage.getItem(key(name));
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        window.localStorage.setItem(key(name), value);
      } catch {
        // Asked again next time.
      }
    },
  };
}
