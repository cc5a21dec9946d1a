/** As much of the page's elements as is read there; the functions below run inside the page. */
interface PageElement {
  readonly className: string;
  readonly textContent: string | null;
  readonly offsetParent: unknown;
  readonly style: { readonly display: string; readonly color: string };
  readonly type?: string;
  readonly value?: string;
  readonly placeholder?: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

/** One line of a quick pick. */
export interface QuickInputItem {
  label: string;
  /** The part of the label that VS Code shows as what was looked for. */
  found: string;
  description: string;
  detail: string;
  /** Name of the icon before the label, without `codicon-`; empty when there is none. */
  icon: string;
  /** The one that Enter takes. */
  focused: boolean;
  /** In a list with check boxes whether it is ticked, else undefined. */
  checked: boolean | undefined;
}

/** The input box or quick pick that is open. */
export interface QuickInput {
  title: string;
  placeholder: string;
  value: string;
  /** Whether what is typed is shown as dots. */
  password: boolean;
  /** The prompt, or what is wrong with the value. */
  message: string;
  /** Whether the message says that the value is wrong. */
  invalid: boolean;
  /** How the message is coloured; undefined for the plain prompt. */
  severity: 'info' | 'warning' | 'error' | undefined;
  /** Only those that have been drawn; a long list draws what fits. */
  items: QuickInputItem[];
  /** Labels of the buttons in the title. */
  buttons: string[];
}

/** A notification in the corner. */
export interface Notification {
  severity: 'info' | 'warning' | 'error';
  text: string;
  buttons: string[];
  /** How far its progress bar is, in percent; undefined without such a bar. */
  percent: number | undefined;
}

/** A line of a tree view. */
export interface TreeRow {
  label: string;
  description: string;
  /** What a screen reader says. */
  ariaLabel: string;
  /** 1 for the outermost. */
  level: number;
  /** Undefined when there is nothing to expand. */
  expanded: boolean | undefined;
  selected: boolean;
  /** Name of its icon without `codicon-`; empty when there is none. */
  icon: string;
  /** CSS colour of its icon; empty when it has the usual one. */
  iconColor: string;
  /** Labels of the buttons at its end. */
  actions: string[];
}

/** A question that must be answered before anything else. */
export interface Dialog {
  message: string;
  detail: string;
  buttons: string[];
}

/** An item of the status bar. */
export interface StatusBarItem {
  id: string;
  text: string;
  ariaLabel: string;
  /** Names of its icons, without `codicon-`. */
  icons: string[];
}

/** An open editor. */
export interface EditorTab {
  label: string;
  active: boolean;
  /** Whether it holds changes that are not saved. */
  dirty: boolean;
}

/** What a view shows while it has no rows. */
export interface WelcomeContent {
  /** The paragraphs without the buttons. */
  text: string[];
  buttons: string[];
  links: string[];
}

/** Runs in the page. */
export function readQuickInputs(widgets: PageElement[]): QuickInput[] {
  const text = (element: PageElement | null): string => element?.textContent?.trim() ?? '';
  const iconName = (element: PageElement | null): string =>
    /codicon-(?!colored|modifier)([\w-]+)/.exec(element?.className ?? '')?.[1] ?? '';
  const readItem = (row: PageElement): QuickInputItem => {
    const main = row.querySelector('.quick-input-list-row');
    const box = row.querySelector('.quick-input-list-checkbox, .monaco-checkbox');
    const ticked = box?.getAttribute('aria-checked') ?? row.getAttribute('aria-checked');
    return {
      label: text(main?.querySelector('.label-name') ?? null),
      found: [...(main?.querySelectorAll('.label-name .highlight') ?? [])].map(text).join(' '),
      description: text(main?.querySelector('.label-description') ?? null),
      detail: text(row.querySelector('.quick-input-list-label-meta .label-name')),
      icon: iconName(main?.querySelector('.codicon') ?? null),
      focused: row.className.split(' ').includes('focused'),
      checked: ticked === null ? undefined : ticked === 'true',
    };
  };
  const isOpen = (widget: PageElement): boolean => widget.style.display !== 'none';
  return widgets.filter(isOpen).map((widget) => {
    const input = widget.querySelector('.quick-input-box input, .quick-input-box textarea');
    const rows = [...widget.querySelectorAll('.quick-input-list .monaco-list-row')];
    const listHidden = widget.querySelector('.quick-input-list')?.style.display === 'none';
    rows.sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')));
    return {
      title: text(widget.querySelector('.quick-input-title')),
      placeholder: input?.placeholder ?? '',
      value: input?.value ?? '',
      password: input?.type === 'password',
      message: text(widget.querySelector('.quick-input-message')),
      invalid: widget.querySelector('.quick-input-box .monaco-inputbox.error') !== null,
      severity: (['info', 'warning', 'error'] as const).find(
        (name) => widget.querySelector(`.quick-input-box .monaco-inputbox.${name}`) !== null,
      ),
      items: listHidden ? [] : rows.map(readItem),
      buttons: [...widget.querySelectorAll('.quick-input-titlebar .action-label')].map(
        (button) => button.getAttribute('aria-label') ?? '',
      ),
    };
  });
}

/** Runs in the page. */
export function readNotifications(items: PageElement[]): Notification[] {
  return items.map((item) => {
    const icon = item.querySelector('.notification-list-item-icon')?.className ?? '';
    const bar = item.querySelector('.monaco-progress-container:not(.done)');
    const now = bar?.getAttribute('aria-valuenow') ?? null;
    return {
      severity: icon.includes('codicon-error')
        ? 'error'
        : icon.includes('codicon-warning')
          ? 'warning'
          : 'info',
      text: item.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '',
      buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
        (button) => button.textContent?.trim() ?? '',
      ),
      percent: now === null ? undefined : Number(now),
    };
  });
}

/** Runs in the page. */
export function readTreeRows(rows: PageElement[]): TreeRow[] {
  const inOrder = [...rows].sort(
    (a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')),
  );
  return inOrder.map((row) => {
    const icon = row.querySelector('.custom-view-tree-node-item-icon');
    const expanded = row.getAttribute('aria-expanded');
    return {
      label: row.querySelector('.label-name')?.textContent?.trim() ?? '',
      description: row.querySelector('.label-description')?.textContent?.trim() ?? '',
      ariaLabel: row.getAttribute('aria-label') ?? '',
      level: Number(row.getAttribute('aria-level')),
      expanded: expanded === null ? undefined : expanded === 'true',
      selected: row.getAttribute('aria-selected') === 'true',
      icon: /codicon-(?!colored|modifier)([\w-]+)/.exec(icon?.className ?? '')?.[1] ?? '',
      iconColor: icon?.style.color ?? '',
      actions: [...row.querySelectorAll('.actions .action-label')].map(
        (action) => action.getAttribute('aria-label') ?? '',
      ),
    };
  });
}

/** Runs in the page. */
export function readDialogs(boxes: PageElement[]): Dialog[] {
  return boxes.map((box) => {
    const detail = box.querySelector('.dialog-message-detail')?.textContent?.trim() ?? '';
    // A question without details stands where the details would.
    const message = box.querySelector('.dialog-message-text')?.textContent?.trim() ?? '';
    return {
      message: message === '' ? detail : message,
      detail: message === '' ? '' : detail,
      buttons: [...box.querySelectorAll('.dialog-buttons .monaco-button')].map(
        (button) => button.textContent?.trim() ?? '',
      ),
    };
  });
}

/** Runs in the page. */
export function readStatusBar(items: PageElement[]): StatusBarItem[] {
  return items
    .filter((item) => item.offsetParent !== null)
    .map((item) => ({
      id: item.getAttribute('id') ?? '',
      text: item.textContent?.trim() ?? '',
      ariaLabel: item.getAttribute('aria-label') ?? '',
      icons: [...item.querySelectorAll('.codicon')].flatMap(
        (icon) => /codicon-(?!colored|modifier)([\w-]+)/.exec(icon.className)?.[1] ?? [],
      ),
    }));
}

/** Runs in the page. */
export function readTabs(tabs: PageElement[]): EditorTab[] {
  return tabs.map((tab) => ({
    label: `${tab.querySelector('.label-name')?.textContent ?? ''}${tab.querySelector('.label-suffix')?.textContent ?? ''}`,
    active: tab.className.split(' ').includes('active'),
    dirty: tab.className.split(' ').includes('dirty'),
  }));
}

/** Runs in the page. */
export function readWelcome(contents: PageElement[]): WelcomeContent[] {
  const texts = (element: PageElement, selector: string): string[] =>
    [...element.querySelectorAll(selector)].map((part) => part.textContent?.trim() ?? '');
  return contents
    .filter((content) => content.offsetParent !== null)
    .map((content) => ({
      text: texts(content, 'p'),
      buttons: texts(content, '.monaco-button'),
      links: texts(content, 'p a'),
    }));
}

/** Runs in the page. */
export function readLabels(elements: PageElement[]): string[] {
  return elements.map((element) => element.getAttribute('aria-label') ?? '');
}
