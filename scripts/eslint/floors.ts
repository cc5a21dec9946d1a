import { dirname, posix } from 'node:path';
import type { Rule } from 'eslint';
import type { Node } from 'estree';

/** What the rule has to be told of the house. */
export interface FloorsOptions {
  /** Absolute path of the folder in which the rooms are. */
  readonly root: string;
  /** The rooms, as paths below the root, floor by floor from the top; a file may be a room of its own. */
  readonly floors: readonly (readonly string[])[];
}

/**
 * Reports imports that do not lead down: from a room into one on the same floor, or above. They count also where a file is
 * loaded later, and where only a type is meant.
 */
export const floors: Rule.RuleModule = {
  meta: {
    type: 'problem',
    messages: {
      up: '{{from}} must not import from {{to}}: imports lead down the floors that eslint.config.mjs names.',
      unknown: 'eslint.config.mjs does not say on which floor {{file}} is.',
    },
    schema: [
      {
        type: 'object',
        properties: {
          root: { type: 'string' },
          floors: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
        },
        required: ['root', 'floors'],
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const options = context.options[0] as FloorsOptions;
    const root = options.root.replaceAll('\\', '/');
    const file = posix.relative(root, context.filename.replaceAll('\\', '/'));
    const from = roomOf(file, options);
    const check = (node: Node): void => {
      const source = sourceOf(node);
      if (from === undefined || !source?.startsWith('.')) return;
      const target = posix.join(dirname(file), source);
      const to = roomOf(target, options);
      if (to === undefined) context.report({ node, messageId: 'unknown', data: { file: target } });
      else if (to.name !== from.name && to.floor <= from.floor)
        context.report({ node, messageId: 'up', data: { from: from.name, to: to.name } });
    };
    return {
      Program: (node) => {
        if (from === undefined) context.report({ node, messageId: 'unknown', data: { file } });
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

/** What a node imports from; undefined when that is no plain text. */
function sourceOf(node: Node): string | undefined {
  if (!('source' in node) || node.source?.type !== 'Literal') return undefined;
  const { value } = node.source;
  return typeof value === 'string' ? value : undefined;
}

interface Room {
  readonly name: string;
  /** 0 is the top. */
  readonly floor: number;
}

/** The innermost room that a file is in. */
function roomOf(file: string, options: FloorsOptions): Room | undefined {
  const rooms = options.floors.flatMap((names, floor) => names.map((name) => ({ name, floor })));
  const around = rooms.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  return around.toSorted((a, b) => b.name.length - a.name.length)[0];
}
