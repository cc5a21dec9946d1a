import type { Rule } from 'eslint';
import type { CallExpression, Literal, Node, TemplateLiteral } from 'estree';

/** What the rule has to be told of the code that it looks at. */
export interface UntranslatedTextOptions {
  /** Classes of errors that no person gets to see. */
  readonly internalErrors: readonly string[];
  /** Functions whose arguments are for machines; `a.b` is a method `b` of an `a`. */
  readonly machineCalls: readonly string[];
  /** Properties and variables whose values are for machines. */
  readonly machineNames: readonly string[];
}

const DEFAULTS: UntranslatedTextOptions = { internalErrors: [], machineCalls: [], machineNames: [] };
const LIST = { type: 'array', items: { type: 'string' } } as const;

// Stands for what a template puts in.
const GAP = '\uE000';

/** Reports text that looks as if people were to read it and is not given to `l10n.t`, and wrong uses of that. */
export const untranslatedText: Rule.RuleModule = {
  meta: {
    type: 'problem',
    messages: {
      untranslated: 'People cannot read this in their language: use l10n.t({{text}}).',
      tooEarly: 'The language is not known yet when this is loaded: ask for the text in a function.',
      unreadable: 'Tools find a text only where it stands as one literal in l10n.t.',
    },
    schema: [
      {
        type: 'object',
        properties: { internalErrors: LIST, machineCalls: LIST, machineNames: LIST },
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const given = context.options[0] as Partial<UntranslatedTextOptions> | undefined;
    const options = { ...DEFAULTS, ...given };
    const check = (node: (Literal | TemplateLiteral) & Rule.NodeParentExtension, text: string): void => {
      if (!isForPeople(text) || isExempt(node, options)) return;
      context.report({ node, messageId: 'untranslated', data: { text: context.sourceCode.getText(node) } });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateLiteral(node) {
        check(node, node.quasis.map(({ value }) => value.cooked ?? value.raw).join(GAP));
      },
      CallExpression(node) {
        if (!isTranslation(node)) return;
        if (!isReadable(node)) context.report({ node, messageId: 'unreadable' });
        if (!isInFunction(node)) context.report({ node, messageId: 'tooEarly' });
      },
    };
  },
};

/** Whether there are words with a space between them, or one word in sentence case; `$(icons)` are no words. */
function isForPeople(whole: string): boolean {
  const text = whole.replace(/\$\([\w~-]+\)/g, '');
  return (
    /\p{L}{2,}[.,:;!?…)]*\s+[("]?[\p{L}\uE000]/u.test(text) ||
    /\uE000[.,:;!?…)]*\s+[("]?\p{L}{2,}/u.test(text) ||
    /^\s*\p{Lu}\p{Ll}+[.!?…]?\s*$/u.test(text)
  );
}

type Step = Node & Partial<Rule.NodeParentExtension>;

/** Goes outwards from a text to what is made of it. */
function isExempt(start: Step, options: UntranslatedTextOptions): boolean {
  let inner = start;
  for (let outer = start.parent as Step | undefined; outer; outer = outer.parent as Step | undefined) {
    if (isForMachines(outer, inner, options)) return true;
    // What is in the body of a function has nothing to do with the call that the function is given to.
    if (outer.type.endsWith('Statement') || outer.type.endsWith('Declaration')) return false;
    inner = outer;
  }
  return false;
}

function isForMachines(outer: Step, inner: Step, options: UntranslatedTextOptions): boolean {
  switch (outer.type) {
    case 'CallExpression':
      return inner !== outer.callee && (isTranslation(outer) || isNamed(outer, options.machineCalls));
    case 'NewExpression':
      return outer.callee.type === 'Identifier' && options.internalErrors.includes(outer.callee.name);
    case 'Property':
    case 'PropertyDefinition':
      return inner === outer.key || options.machineNames.includes(nameOf(outer.key) ?? '');
    case 'VariableDeclarator':
      return options.machineNames.includes(nameOf(outer.id) ?? '');
    case 'BinaryExpression':
      return ['===', '!==', 'in'].includes(outer.operator);
    case 'TaggedTemplateExpression':
    case 'SwitchCase':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
      return inner.type === 'Literal' || outer.type === 'TaggedTemplateExpression';
    default:
      return outer.type.startsWith('TS') && outer.type.endsWith('Type');
  }
}

function isTranslation(call: CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || nameOf(callee.property) !== 't') return false;
  const { object } = callee;
  return (
    nameOf(object) === 'l10n' || (object.type === 'MemberExpression' && nameOf(object.property) === 'l10n')
  );
}

/** Whether a text is asked for only when something runs. */
function isInFunction(start: Step): boolean {
  for (let outer = start.parent as Step | undefined; outer; outer = outer.parent as Step | undefined) {
    if (outer.type.includes('Function')) return true;
  }
  return false;
}

function isReadable({ arguments: [first] }: CallExpression): boolean {
  if (first?.type !== 'ObjectExpression') return first?.type === 'Literal';
  return first.properties.every(
    (property) =>
      property.type === 'Property' && (nameOf(property.key) === 'args' || property.value.type === 'Literal'),
  );
}

/** Whether a call is one of `names`, whatever stands before the last two parts of what is called. */
function isNamed({ callee }: CallExpression, names: readonly string[]): boolean {
  if (callee.type !== 'MemberExpression') return names.includes(nameOf(callee) ?? '');
  const { object, property } = callee;
  const owner = object.type === 'MemberExpression' ? nameOf(object.property) : nameOf(object);
  return names.includes(`${owner ?? ''}.*`) || names.includes(`${owner ?? ''}.${nameOf(property) ?? ''}`);
}

function nameOf(node: Node): string | undefined {
  return node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : undefined;
}
