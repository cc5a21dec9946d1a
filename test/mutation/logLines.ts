import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import * as v from 'valibot';

/** Looks at a place of the syntax tree before it is changed. */
interface Place {
  readonly node?: unknown;
}

const log = v.union([
  v.object({ type: v.literal('Identifier'), name: v.literal('log') }),
  v.object({
    type: v.literal('MemberExpression'),
    property: v.union([
      v.object({ type: v.literal('Identifier'), name: v.literal('log') }),
      v.object({ type: v.literal('PrivateName'), id: v.object({ name: v.literal('log') }) }),
    ]),
  }),
]);
const call = v.object({
  type: v.literal('CallExpression'),
  callee: v.object({
    type: v.literal('MemberExpression'),
    object: log,
    property: v.object({ name: v.picklist(['trace', 'debug', 'info', 'warn', 'error']) }),
  }),
});
const statement = v.object({ type: v.literal('ExpressionStatement'), expression: call });
const block = v.object({ type: v.literal('BlockStatement'), body: v.pipe(v.array(statement), v.nonEmpty()) });

/** Leaves alone what only writes to the log: the product does the same without it. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'log-lines', {
    shouldIgnore: ({ node }: Place) =>
      v.is(v.union([call, statement, block]), node) ? 'It only writes to the log.' : undefined,
  }),
];
