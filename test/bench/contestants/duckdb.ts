import { rmSync } from 'node:fs';
import { makeFolder, temporary } from '../files/book.ts';
import { peer } from '../peers.ts';
import { type Contestant, ready } from './contestant.ts';
import { DUCKDB, jobSql } from './sql.ts';

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getColumnsJS(): readonly (readonly unknown[])[] }>;
  closeSync(): void;
}
interface Module {
  readonly DuckDBInstance: {
    create(
      path: string,
      options: Readonly<Record<string, string>>,
    ): Promise<{ connect(): Promise<Connection> }>;
  };
}

/** DuckDB's DECIMAL, in this process. */
export const duckdb = (threads: number): Contestant => ({
  async prepare(data) {
    const { DuckDBInstance } = await peer<Module>('@duckdb/node-api');
    const connection = await (
      await DuckDBInstance.create(':memory:', { threads: String(threads) })
    ).connect();
    const folder = temporary();
    try {
      makeFolder(folder, data);
      await connection.run(`create table staff as select * from read_csv('${folder}/Staff.csv', header = true,
        columns = {'id': 'varchar', 'side': 'varchar', 'commission': 'decimal(12, 3)'})`);
      await connection.run(`create table tickets as select * from read_csv('${folder}/Tickets.csv', header = true,
        columns = {'ticket': 'integer', 'engineer': 'varchar', 'minutes': 'decimal(9, 2)', 'resolved': 'boolean',
        'feedback': 'decimal(3, 1)'})`);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const sql = jobSql(DUCKDB);
    return ready(
      async () => {
        const [, cents = []] = (await connection.runAndReadAll(sql)).getColumnsJS();
        return Float64Array.from(cents, Number);
      },
      { close: async () => connection.closeSync() },
    );
  },
});
