import { expect, test, vi } from 'vitest';
import {
  associateCommands,
  COMMANDS,
  type Command,
  type CommandContext,
  type CommandEvent,
  runCommand,
} from '../../src/commands/commands.ts';

function context(): { readonly given: CommandContext; readonly log: string[] } {
  const log: string[] = [];
  const given: CommandContext = {
    session: {
      refresh: async () => {
        log.push('refresh');
      },
    },
    show: async ({ page }) => {
      log.push(page);
    },
  };
  return { given, log };
}

test.each<[Command, readonly string[]]>([
  ['checkRules', ['rules', 'refresh']],
  ['runRules', ['run', 'refresh']],
  ['explainSelection', ['explain']],
])('%s', async (command, expected) => {
  const { given, log } = context();
  await runCommand(command, given);
  expect(log).toEqual(expected);
});

function ribbon() {
  const actions = new Map<string, (event: CommandEvent) => void>();
  return {
    actions: {
      associate: (name: string, action: (event: CommandEvent) => void) => actions.set(name, action),
    },
    press: (name: string) => new Promise<void>((completed) => actions.get(name)?.({ completed })),
    names: () => [...actions.keys()],
  };
}

test('buttons work before the workbook is open: they wait for it', async () => {
  const { given, log } = context();
  let open: (context: CommandContext) => void = () => {};
  const later = new Promise<CommandContext>((resolve) => {
    open = resolve;
  });
  const { actions, press, names } = ribbon();
  associateCommands(actions, later, () => {});
  expect(names()).toEqual([...COMMANDS]);
  const pressed = press('runRules');
  expect(log).toEqual([]);
  open(given);
  await pressed;
  expect(log).toEqual(['run', 'refresh']);
});

test('a button is released where its work fails', async () => {
  const failed = vi.fn();
  const { actions, press } = ribbon();
  associateCommands(actions, Promise.reject(new Error('no Excel')), failed);
  await press('explainSelection');
  expect(failed).toHaveBeenCalledWith(new Error('no Excel'));
});
