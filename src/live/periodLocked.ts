/** Results of a period that is locked are not written: they would take the place of what was paid. */
export class PeriodLocked extends Error {
  /** `2026-03-31`. */
  readonly asOf: string;
  /** The number of the paid run. */
  readonly run: string;

  constructor(asOf: string, run: string) {
    super(`${asOf} is locked (run ${run})`);
    this.name = 'PeriodLocked';
    this.asOf = asOf;
    this.run = run;
  }
}
