/** Where `manifest.xml` says that the add-in is: the development server. */
export const DEVELOPMENT_HOST = 'https://localhost:3000';

/** Where the add-in will be served from: `ALLOT_HOST=https://allot.example.com npm run build`. */
export const HOST = hostFrom(process.env.ALLOT_HOST);

/** The host as an address without a slash at its end; refuses what Excel would refuse. */
export function hostFrom(text) {
  if (text === undefined || text.trim() === '') return DEVELOPMENT_HOST;
  const said = `ALLOT_HOST is “${text}”; it must be an https address such as https://allot.example.com`;
  if (!URL.canParse(text)) throw new Error(said);
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error(`${said}, without a question mark, # or user name.`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The manifest for another host. */
export function manifestFor(xml, host) {
  return xml.replaceAll(DEVELOPMENT_HOST, host);
}
