/** The part of the npm package `railroad-diagrams` that `diagrams.ts` uses; it has no types of its own. */
declare module 'railroad-diagrams' {
  export interface Node {
    width: number;
    toString(): string;
  }
  type Item = Node | string;
  interface Railroad {
    Diagram(...items: readonly Item[]): Node;
    Sequence(...items: readonly Item[]): Node;
    Choice(normal: number, ...items: readonly Item[]): Node;
    Optional(item: Item, skip?: 'skip'): Node;
    OneOrMore(item: Item, repeat?: Item): Node;
    ZeroOrMore(item: Item, repeat?: Item): Node;
    Terminal(text: string): Node;
    NonTerminal(text: string): Node;
    Skip(): Node;
  }
  const railroad: Railroad;
  export default railroad;
}
