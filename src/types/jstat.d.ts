/** The parts of jStat that are used. */
declare module 'jstat' {
  interface Distribution<P extends readonly number[]> {
    cdf(x: number, ...parameters: P): number;
    inv(p: number, ...parameters: P): number;
  }
  const jStat: {
    readonly studentt: Distribution<[freedom: number]>;
    readonly normal: Distribution<[mean: number, deviation: number]>;
  };
  export default jStat;
}
