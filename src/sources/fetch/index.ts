import type { Fetched, Source } from '../model.ts';
import type { FetchContext } from './context.ts';
import { fetchDuckdb } from './duckdb.ts';
import { fetchCsv, fetchWorkbook } from './files.ts';
import { fetchMysql } from './mysql.ts';
import { fetchPostgresql } from './postgresql.ts';
import { fetchRest } from './rest.ts';
import { fetchSoap } from './soap.ts';

export type { FetchContext, Secret } from './context.ts';

/** Gets the rows of a source. Refuses with a SourceFault, a BookError of a file, and the signal's reason. */
export async function fetchSource(source: Source, context: FetchContext): Promise<Fetched> {
  switch (source.kind) {
    case 'csv':
      return fetchCsv(source, context);
    case 'workbook':
      return fetchWorkbook(source, context);
    case 'rest':
      return fetchRest(source, context);
    case 'soap':
      return fetchSoap(source, context);
    case 'postgresql':
      return fetchPostgresql(source, context);
    case 'mysql':
      return fetchMysql(source, context);
    case 'duckdb':
      return fetchDuckdb(source, context);
    default: {
      const never: never = source.kind;
      return never;
    }
  }
}
