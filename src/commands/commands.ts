import type { Session } from '../live/session.ts';
import type { Route } from '../taskpane/page.ts';

/** Names of the ribbon's actions, as the manifest has them. */
export const COMMANDS = ['checkRules', 'runRules', 'explainSelection'] as const;

export type Command = (typeof COMMANDS)[number];

export interface CommandContext {
  readonly session: Pick<Session, 'refresh'>;
  /** Brings the pane into view at a page. */
  readonly show: (to: Route) => Promise<void>;
}

/**
 * What a ribbon button does. None writes into the workbook: results are written from the Run page, which says first what
 * will be written where.
 */
export async function runCommand(command: Command, { session, show }: CommandContext): Promise<void> {
  switch (command) {
    case 'checkRules':
      await show({ page: 'rules' });
      return session.refresh();
    case 'runRules':
      await show({ page: 'run' });
      return session.refresh();
    case 'explainSelection':
      return show({ page: 'explain' });
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** What Office hands to an action; the button stays busy until it is told that the action is done. */
export interface CommandEvent {
  completed(): void;
}

/**
 * Gives the ribbon's buttons their work. Office wants this done at once, before the workbook has been read: the context
 * may come later.
 */
export function associateCommands(
  actions: { associate(name: string, action: (event: CommandEvent) => void): void },
  context: Promise<CommandContext>,
  failed: (error: unknown) => void,
): void {
  for (const command of COMMANDS)
    actions.associate(command, (event) => {
      context
        .then((given) => runCommand(command, given))
        .catch(failed)
        .finally(() => event.completed());
    });
}
