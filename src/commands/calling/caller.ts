import { RecordingNode, isBotsTreeNode, isLineWithoutBot } from '../../views/treeNodes.ts';
import type { BotsTreeNode } from '../../views/treeNodes.ts';

/**
 * Who called a command. A person (palette, tree, button, key) is asked and told; a script (an argument that is not a
 * tree item) is neither: it gets a result or an error.
 */
export type Caller =
  | {
      readonly kind: 'person';
      readonly nodes: readonly BotsTreeNode[];
      /** Whether a key in the tree was pressed, for what is selected there. */
      readonly isKey?: boolean;
      /** What came along with the call, for a command that always asks. */
      readonly passed?: unknown;
    }
  | { readonly kind: 'script'; readonly argument: unknown };

/** Tells from a command's arguments who called it. The tree passes the item and, with several selected, all of them. */
export function callerOf(args: readonly unknown[]): Caller {
  const [first, selected] = args;
  // Buttons above the tree pass the line that has the focus, which may be one without a bot.
  if (first === undefined || first === null || isLineWithoutBot(first)) return { kind: 'person', nodes: [] };
  if (!isBotsTreeNode(first)) return { kind: 'script', argument: first };
  const nodes = Array.isArray(selected) ? selected.filter(isBotsTreeNode) : [];
  return { kind: 'person', nodes: nodes.length > 0 ? nodes : [first] };
}

/** The recordings of a bot that are selected in the tree; none when the bot itself is, for it stands for all of them. */
export function recordingsMeant(caller: Caller, botId: string): readonly RecordingNode[] {
  const own = caller.kind === 'person' ? caller.nodes.filter((node) => node.botId === botId) : [];
  const recordings = own.filter((node) => node instanceof RecordingNode);
  return recordings.length === own.length ? recordings : [];
}

/** A person called, whatever was passed: editor menus pass the document, links in texts what they are about. */
export function byPerson([passed]: readonly unknown[]): Caller {
  return { kind: 'person', nodes: [], passed };
}

/** As {@link callerOf}, for a command with a key in the tree: a key passes no line, but its binding says what is meant. */
export function orOfSelection(selected: () => readonly BotsTreeNode[]): (args: readonly unknown[]) => Caller {
  return (args) => {
    const [first] = args;
    const isKey = typeof first === 'object' && first !== null && 'ofSelection' in first;
    return isKey ? { kind: 'person', nodes: selected(), isKey } : callerOf(args);
  };
}

/** A command was called with an argument it cannot use. */
export class InvalidArgumentError extends Error {
  override readonly name = 'InvalidArgumentError';
  readonly code = 'invalidArgument';
}
