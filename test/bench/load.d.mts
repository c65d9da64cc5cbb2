export function load(address: string): Promise<unknown>;
