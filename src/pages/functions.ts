import { metadataText } from '../functions/catalogue.ts';
import { fileOf, type PageParameters } from './document.ts';

/** What Excel reads of the functions, in one language. */
export default ({ language, host }: PageParameters): string =>
  metadataText(language, `${host}/${fileOf('help', language)}`);
