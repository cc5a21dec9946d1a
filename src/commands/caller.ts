import { isBotsTreeNode } from '../views/treeNodes.ts';
import type { BotsTreeNode } from '../views/treeNodes.ts';

/**
 * Who called a command. A person (palette, tree, button, key) is asked and told; a script (an argument that is not a
 * tree item) is neither: it gets a result or an error.
 */
export type Caller =
  | { readonly kind: 'person'; readonly nodes: readonly BotsTreeNode[] }
  | { readonly kind: 'script'; readonly argument: unknown };

/** Tells from a command's arguments who called it. The tree passes the item and, with several selected, all of them. */
export function callerOf(args: readonly unknown[]): Caller {
  const [first, selected] = args;
  if (first === undefined || first === null) return { kind: 'person', nodes: [] };
  if (!isBotsTreeNode(first)) return { kind: 'script', argument: first };
  const nodes = Array.isArray(selected) ? selected.filter(isBotsTreeNode) : [];
  return { kind: 'person', nodes: nodes.length > 0 ? nodes : [first] };
}

/** A person called, whatever was passed: editor menus pass the document. */
export function byPerson(): Caller {
  return { kind: 'person', nodes: [] };
}

/** A command was called with an argument it cannot use. */
export class InvalidArgumentError extends Error {
  override readonly name = 'InvalidArgumentError';
  readonly code = 'invalidArgument';
}
