import { child, type XmlNode } from '../xlsx/xml.ts';

/** Excel's palette, indices 8 to 63; 0 to 7 are the first eight of it again. */
const PALETTE = [
  '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080',
  'C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF',
  '800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC',
  '99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333',
].flatMap((line) => line.split(' '));

/** The order in which styles count the theme's colours: light and dark come in pairs the other way round. */
const THEME = [
  'lt1',
  'dk1',
  'lt2',
  'dk2',
  'accent1',
  'accent2',
  'accent3',
  'accent4',
  'accent5',
  'accent6',
  'hlink',
  'folHlink',
];

/** The colours of a theme part, `RRGGBB`, in the order in which styles count them. */
export function themeColours(root: XmlNode | null): readonly string[] {
  const scheme = child(child(root ?? undefined, 'themeElements'), 'clrScheme');
  return THEME.map((name) => {
    const [colour] = child(scheme, name)?.children ?? [];
    const { val, lastClr } = colour?.attributes ?? {};
    return hex(lastClr ?? val) ?? '000000';
  });
}

/** A colour element (`color`, `fgColor`) as `#RRGGBB`; null where it is automatic or none. */
export function colourOf(node: XmlNode | undefined, theme: readonly string[]): string | null {
  if (node === undefined) return null;
  const { rgb, theme: number, indexed, tint } = node.attributes;
  const plain =
    hex(rgb) ??
    (number === undefined ? null : theme[Number(number)]) ??
    (indexed === undefined ? null : paletteColour(Number(indexed)));
  return plain === null || plain === undefined ? null : `#${tinted(plain, Number(tint ?? 0))}`;
}

/** `RRGGBB` of `AARRGGBB` or `RRGGBB`. */
function hex(text: string | undefined): string | null {
  const m = /^(?:[0-9a-f]{2})?([0-9a-f]{6})$/i.exec(text ?? '');
  return m?.[1]?.toUpperCase() ?? null;
}

function paletteColour(index: number): string | null {
  return PALETTE[index < 8 ? index : index - 8] ?? null;
}

/** Towards white (above 0) or black. */
function tinted(colour: string, tint: number): string {
  if (tint === 0 || !Number.isFinite(tint)) return colour;
  return [0, 2, 4]
    .map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16);
      const moved = tint > 0 ? part + (255 - part) * tint : part * (1 + tint);
      return Math.min(255, Math.max(0, Math.round(moved)))
        .toString(16)
        .padStart(2, '0')
        .toUpperCase();
    })
    .join('');
}
