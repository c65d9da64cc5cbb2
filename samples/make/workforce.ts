import { type Department, employedOn, type Person } from './organisation.ts';
import type { Chance } from './random.ts';

/** Who works where; engineers and clerks are found by department on a day. */
export interface Workforce {
  readonly departments: readonly Department[];
  /** Somebody of the department who works that day. */
  someone(department: Department, day: number, random: Chance): Person;
}

export function workforce(departments: readonly Department[], people: readonly Person[]): Workforce {
  const byDepartment = new Map<Department, readonly Person[]>(
    departments.map((d) => [d, people.filter((p) => p.department === d && !p.idle)]),
  );
  return {
    departments,
    someone: (department, day, random) => {
      const all = byDepartment.get(department) ?? [];
      let chosen = random.pick(all);
      while (!employedOn(chosen, day)) chosen = random.pick(all);
      return chosen;
    },
  };
}

export function department(force: Workforce, name: string): Department {
  const found = force.departments.find((d) => d.name === name);
  if (found === undefined) throw new Error(`no department ${name}`);
  return found;
}
