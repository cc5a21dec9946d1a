import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import {
  readDialogs,
  readLabels,
  readNotifications,
  readQuickInputs,
  readStatusBar,
  readTabs,
  readTreeRows,
  readWelcome,
  type Dialog,
  type EditorTab,
  type Notification,
  type QuickInput,
  type StatusBarItem,
  type TreeRow,
  type WelcomeContent,
} from './pageContent.ts';
import { fits, inWords, matches, type Shape, type Wanted } from './shape.ts';
import { longWaitMs, waitFor } from './waiting.ts';

/** What to open, and where pictures go. */
export interface WorkbenchOptions {
  /** The folder to open; without it an empty window. */
  folder?: string;
  /** A folder for screenshots, which is made when it does not exist. */
  screenshots?: string;
}

/**
 * VS Code in a page, used as a person uses it. Everything waits for what it needs. What a test wants to see it names
 * whole in one `expect…`, which waits for all of it together and gives nothing back: what is read a moment earlier or
 * later may be of another state.
 */
export class Workbench {
  readonly page: Page;
  readonly #url: string;
  readonly #screenshots: string | undefined;
  #pictures = 0;

  private constructor(page: Page, url: string, screenshots: string | undefined) {
    this.page = page;
    page.setDefaultTimeout(longWaitMs);
    this.#url = url;
    this.#screenshots = screenshots;
  }

  /** Opens VS Code in `page` from the server at `serverUrl` and waits until it can be used. */
  static async open(page: Page, serverUrl: string, options: WorkbenchOptions = {}): Promise<Workbench> {
    const url = new URL(serverUrl);
    if (options.folder === undefined) url.searchParams.set('ew', 'true');
    else url.searchParams.set('folder', options.folder);
    await page.addInitScript({ content: rememberNotifications });
    const workbench = new Workbench(page, url.href, options.screenshots);
    await workbench.reload();
    return workbench;
  }

  /** Loads the page anew, as the browser's reload button does, and waits until VS Code can be used. */
  async reload(): Promise<void> {
    await this.page.goto(this.#url);
    await this.page.locator('.part.statusbar #status\\.notifications').waitFor();
    await this.page.locator('.part.activitybar .action-item').first().waitFor();
  }

  /** Runs a command from the palette, by keystrokes; `title` is the whole line, as in `Recall: Send Bot`. */
  async runCommand(title: string): Promise<void> {
    await waitFor(
      `The command “${title}”`,
      async () => ((await this.#typeCommand(title)) ? true : undefined),
      {
        describe: () => this.quickInput(),
      },
    );
    await this.page.keyboard.press('Enter');
    await this.#waitUntilPaletteIsClosed();
  }

  /** The titles that the palette offers for a text. */
  async commandsFor(text: string): Promise<string[]> {
    await this.#openPalette();
    await this.pasteInQuickInput(`>${text}`);
    const { items } = await this.#settledQuickInput();
    await this.page.keyboard.press('Escape');
    await this.#waitUntilPaletteIsClosed();
    return items.map((item) => item.label);
  }

  /** The input box or quick pick that is open, if any. */
  async quickInput(): Promise<QuickInput | undefined> {
    const open = await this.page.locator('.quick-input-widget').evaluateAll(readQuickInputs);
    return open[0];
  }

  /** Waits for an input box or quick pick with this title, or of this shape. */
  async expectQuickInput(wanted: Wanted | Shape<QuickInput>): Promise<void> {
    const shape = isWanted(wanted) ? { title: wanted } : wanted;
    await waitFor(
      `The input with ${inWords(shape)}`,
      async () => {
        const open = await this.quickInput();
        return open !== undefined && fits<QuickInput>(open, shape) ? true : undefined;
      },
      {
        describe: async () => ({ input: await this.quickInput(), notifications: await this.notifications() }),
      },
    );
  }

  /** Waits until no input box or quick pick is open. */
  async expectNoQuickInput(): Promise<void> {
    await waitFor('The end of the input', async () => ((await this.quickInput()) ? undefined : true), {
      describe: () => this.quickInput(),
    });
  }

  /** Replaces what stands in the open input, key by key. */
  async typeInQuickInput(text: string): Promise<void> {
    await this.#quickInputBox.fill('');
    await this.#quickInputBox.pressSequentially(text);
    await this.#expectInQuickInput(text);
  }

  /** Replaces what stands in the open input in one go. VS Code has far less to do than when it is typed. */
  async pasteInQuickInput(text: string): Promise<void> {
    await this.#quickInputBox.fill(text);
    await this.#expectInQuickInput(text);
  }

  /** Enter in the open input. */
  async acceptQuickInput(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  /** Escape in the open input. */
  async cancelQuickInput(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** Pastes, and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.pasteInQuickInput(text);
    await this.acceptQuickInput();
  }

  /** Takes the line with this label from the open quick pick, by the arrow keys. */
  async choose(label: Wanted): Promise<void> {
    await waitFor(
      `The choice “${String(label)}”`,
      async () => {
        const items = (await this.quickInput())?.items ?? [];
        if (items.some((item) => item.focused && matches(item.label, label))) return true;
        if (items.some((item) => matches(item.label, label))) await this.page.keyboard.press('ArrowDown');
        return undefined;
      },
      { describe: () => this.quickInput() },
    );
    await this.page.keyboard.press('Enter');
  }

  /** Clicks a button in the title of the open input. */
  async clickQuickInputButton(label: string): Promise<void> {
    await this.page
      .locator(`.quick-input-widget .quick-input-titlebar .action-label[aria-label="${label}"]`)
      .click();
  }

  /** Clicks the back button of the open input, whose label names the keys for it. */
  async goBackInQuickInput(): Promise<void> {
    await this.page
      .locator('.quick-input-widget .quick-input-titlebar .action-label[aria-label^="Back"]')
      .click();
  }

  /** The notifications in the corner, the newest first. */
  async notifications(): Promise<Notification[]> {
    return this.page.locator(toasts).evaluateAll(readNotifications);
  }

  /** Every text that a notification has had since the page was loaded, the oldest first; also those that are gone. */
  async notificationsSoFar(): Promise<string[]> {
    return this.page.evaluate<string[]>('globalThis.notificationsSoFar');
  }

  /** Waits for a notification with this text, or of this shape. */
  async expectNotification(wanted: Wanted | Shape<Notification>): Promise<void> {
    const shape = isWanted(wanted) ? { text: wanted } : wanted;
    await waitFor(
      `The notification with ${inWords(shape)}`,
      async () =>
        (await this.notifications()).some((shown) => fits<Notification>(shown, shape)) ? true : undefined,
      {
        describe: async () => ({ now: await this.notifications(), before: await this.notificationsSoFar() }),
      },
    );
  }

  /** Waits until these are all the notifications that are shown, the newest first; `[]` for none. */
  async expectNotifications(wanted: readonly (Wanted | Shape<Notification>)[]): Promise<void> {
    const shapes = wanted.map((one) => (isWanted(one) ? { text: one } : one));
    await waitFor(
      `The notifications ${shapes.map(inWords).join('; ')}`,
      async () => {
        const shown = await this.notifications();
        const isAll = shown.length === shapes.length;
        return isAll && shown.every((one, index) => fits<Notification>(one, shapes[index] ?? {}))
          ? true
          : undefined;
      },
      { describe: () => this.notifications() },
    );
  }

  /** Waits until no notification with this text is shown. */
  async expectNoNotification(text: Wanted): Promise<void> {
    await waitFor(
      `The end of the notification “${String(text)}”`,
      async () =>
        (await this.notifications()).some((notification) => matches(notification.text, text))
          ? undefined
          : true,
      { describe: () => this.notifications() },
    );
  }

  /** Clicks a button of a notification, after waiting for it. */
  async clickNotificationButton(text: Wanted, button: string): Promise<void> {
    await this.expectNotification(text);
    await this.#toast(text)
      .locator('.monaco-button', { hasText: exactly(button) })
      .click();
    await this.#moveMouseAway();
  }

  /** Takes a notification away by its cross. */
  async closeNotification(text: Wanted): Promise<void> {
    await this.expectNotification(text);
    const toast = this.#toast(text);
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await this.expectNoNotification(text);
  }

  /** Takes all notifications away. */
  async clearNotifications(): Promise<void> {
    if ((await this.notifications()).length === 0) return;
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator(toasts).first().waitFor({ state: 'detached' });
  }

  /** Shows a view container by its icon in the activity bar. */
  async openSidebar(title: string): Promise<void> {
    const icon = this.#activity(title);
    await icon.waitFor();
    const isOpen = async (): Promise<boolean> => (await icon.getAttribute('aria-expanded')) === 'true';
    if (!(await isOpen())) await icon.locator('.action-label').click();
    await waitFor(`The side bar “${title}”`, async () => ((await isOpen()) ? true : undefined));
    await this.#moveMouseAway();
  }

  /** Makes the side bar wider by so many pixels, with the mouse. */
  async widenSidebar(pixels: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar.');
    const [right, middle] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(right, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(right + pixels, middle, { steps: 5 });
    await this.page.mouse.up();
    await this.#moveMouseAway();
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await waitFor('The list of files', async () => {
      if (await this.quickInput()) return true;
      await this.page.keyboard.press('Control+P');
      return undefined;
    });
    await this.pasteInQuickInput(name);
    await waitFor(`The file “${name}” in the list`, async () =>
      (await this.quickInput())?.items.some((item) => item.focused && item.label === name) === true
        ? true
        : undefined,
    );
    await this.page.keyboard.press('Enter');
    await this.expectEditorTab(name);
  }

  /** What the icon of a view container says, with the meaning of its badge. */
  async activityLabel(title: string): Promise<{ label: string; badge: string }> {
    const icon = this.#activity(title);
    const label = (await icon.locator('.action-label').getAttribute('aria-label')) ?? '';
    return { label, badge: (await icon.locator('.badge-content').textContent()) ?? '' };
  }

  /** Waits until the icon of a view container has this badge; an empty text waits for its end. */
  async expectBadge(title: string, badge: string): Promise<void> {
    await waitFor(
      `The badge “${badge}” of “${title}”`,
      async () => ((await this.activityLabel(title)).badge === badge ? true : undefined),
      { describe: () => this.activityLabel(title) },
    );
  }

  /** The rows of a view in the side bar, from the top; only those that have been drawn. */
  async treeRows(view = 'Bots'): Promise<TreeRow[]> {
    return this.#pane(view).locator(treeRow).evaluateAll(readTreeRows);
  }

  /** Waits for a row with this label, or of this shape. */
  async expectTreeRow(wanted: Wanted | Shape<TreeRow>, view = 'Bots'): Promise<void> {
    const shape = isWanted(wanted) ? { label: wanted } : wanted;
    await waitFor(
      `The row with ${inWords(shape)}`,
      async () => ((await this.treeRows(view)).some((row) => fits<TreeRow>(row, shape)) ? true : undefined),
      { describe: () => this.treeRows(view) },
    );
  }

  /** Waits until the rows of a view are these, from the top; only those that are drawn count. */
  async expectTreeRows(wanted: readonly (Wanted | Shape<TreeRow>)[], view = 'Bots'): Promise<void> {
    const shapes = wanted.map((one) => (isWanted(one) ? { label: one } : one));
    await waitFor(
      `The rows ${shapes.map(inWords).join('; ')}`,
      async () => {
        const rows = await this.treeRows(view);
        const isAll = rows.length === shapes.length;
        return isAll && rows.every((row, index) => fits<TreeRow>(row, shapes[index] ?? {}))
          ? true
          : undefined;
      },
      { describe: () => this.treeRows(view) },
    );
  }

  /** Waits until no row with this label is drawn. */
  async expectNoTreeRow(label: Wanted, view = 'Bots'): Promise<void> {
    await waitFor(
      `The end of the row “${String(label)}”`,
      async () => ((await this.treeRows(view)).some((row) => matches(row.label, label)) ? undefined : true),
      { describe: () => this.treeRows(view) },
    );
  }

  /** Waits until a view has no row at all. */
  async expectNoTreeRows(view = 'Bots'): Promise<void> {
    await waitFor(
      'The end of all rows',
      async () => ((await this.treeRows(view)).length === 0 ? true : undefined),
      { describe: () => this.treeRows(view) },
    );
  }

  /** Turns the mouse wheel over a view, down to its end, until a row with this label is drawn. */
  async scrollDownTo(label: Wanted, view = 'Bots'): Promise<void> {
    await this.#pane(view).locator('.monaco-list').hover();
    await waitFor(
      `The row “${String(label)}” on scrolling down`,
      async () => {
        await this.page.mouse.wheel(0, 10_000);
        return (await this.treeRows(view)).some((row) => matches(row.label, label)) ? true : undefined;
      },
      { describe: () => this.treeRows(view) },
    );
    await this.#moveMouseAway();
  }

  /** Clicks a row. */
  async clickRow(label: Wanted, view = 'Bots'): Promise<void> {
    await this.#row(label, view).click();
    await this.#moveMouseAway();
  }

  /** Drags a row into the editor area. */
  async dragRowToEditor(label: Wanted, view = 'Bots'): Promise<void> {
    const box = await this.page.locator('.part.editor').boundingBox();
    if (box === null) throw new Error('There is no editor area.');
    await this.#row(label, view).hover();
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 10 });
    await this.page.mouse.up();
    await this.#moveMouseAway();
  }

  /** Opens a row, so that what is inside it shows. */
  async expandRow(label: Wanted, view = 'Bots'): Promise<void> {
    await this.#turnRow(label, view, 'true');
  }

  /** Closes a row, so that what is inside it is hidden. */
  async collapseRow(label: Wanted, view = 'Bots'): Promise<void> {
    await this.#turnRow(label, view, 'false');
  }

  async #turnRow(label: Wanted, view: string, wanted: 'true' | 'false'): Promise<void> {
    const row = this.#row(label, view);
    const isThere = async (): Promise<boolean> => (await row.getAttribute('aria-expanded')) === wanted;
    await row.waitFor();
    if (!(await isThere())) await row.locator('.monaco-tl-twistie').click();
    await waitFor(`The row “${String(label)}”, turned`, async () => ((await isThere()) ? true : undefined));
    await this.#moveMouseAway();
  }

  /** Presses a key in a view, whose selected rows it is about. */
  async pressInView(key: string, view = 'Bots'): Promise<void> {
    await this.#pane(view).locator('.monaco-list').first().press(key);
  }

  /** Shows what a row says when one stays with it, without the mouse. The row must have nothing that a click opens. */
  async showHoverOf(label: Wanted, view = 'Bots'): Promise<Locator> {
    await this.clickRow(label, view);
    const hover = this.page.locator('.monaco-hover:not(.hidden)', { hasText: 'Bot ID:' });
    await waitFor(`The hover of “${String(label)}”`, async () => {
      if (await hover.isVisible()) return true;
      await this.pressInView('Control+K', view);
      await this.pressInView('Control+I', view);
      return undefined;
    });
    return hover;
  }

  /** Clicks one of the buttons at the end of a row. */
  async clickRowAction(label: Wanted, action: string, view = 'Bots'): Promise<void> {
    const row = this.#row(label, view);
    await row.hover();
    await row.locator(`.actions .action-label[aria-label="${action}"]`).click();
    await this.#moveMouseAway();
  }

  /** Opens the context menu of a row; returns its items from the top. */
  async contextMenu(label: Wanted, view = 'Bots'): Promise<string[]> {
    await this.#row(label, view).click({ button: 'right' });
    await this.page.locator(menuItem).first().waitFor();
    return this.page.locator(`${menuItem} .action-label`).evaluateAll(readLabels);
  }

  /** Clicks an item of the open context menu. */
  async clickContextMenuItem(label: string): Promise<void> {
    const item = this.page.locator(menuItem).filter({ has: this.page.locator(`[aria-label="${label}"]`) });
    await item.click();
    await waitFor('The end of the context menu', async () => {
      if ((await item.count()) === 0) return true;
      // For a moment after it opened the menu takes no click, so that the one that opened it does nothing more.
      await item.click({ timeout: 500 }).catch(() => undefined);
      return undefined;
    });
    await this.#moveMouseAway();
  }

  /** Closes the open context menu. */
  async closeContextMenu(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator(menuItem).first().waitFor({ state: 'detached' });
    await this.#moveMouseAway();
  }

  /** Clicks a button in the title of the view that is shown in the side bar. */
  async clickViewAction(label: string): Promise<void> {
    await this.#viewAction(label).click();
  }

  /** Waits until the title of the view has no such button. */
  async expectNoViewAction(label: string): Promise<void> {
    await this.#viewAction(label).waitFor({ state: 'detached' });
  }

  /** The line above the rows of a view; empty when there is none. */
  async viewMessage(view = 'Bots'): Promise<string> {
    const message = this.#pane(view).locator('.tree-explorer-viewlet-tree-view > .message');
    return (await message.count()) === 0 ? '' : ((await message.textContent()) ?? '').trim();
  }

  /** Waits for the line above the rows of a view; an empty text waits for its end. */
  async expectViewMessage(wanted: Wanted, view = 'Bots'): Promise<void> {
    await waitFor(
      `The message “${String(wanted)}”`,
      async () => (matches(await this.viewMessage(view), wanted) ? true : undefined),
      { describe: () => this.viewMessage(view) },
    );
  }

  /** What the view shows while it has no rows; undefined when it has rows. */
  async welcome(view = 'Bots'): Promise<WelcomeContent | undefined> {
    const contents = await this.#pane(view).locator('.welcome-view-content').evaluateAll(readWelcome);
    return contents[0];
  }

  /** Waits until the view has no rows and shows this instead. */
  async expectWelcome(shape: Shape<WelcomeContent>, view = 'Bots'): Promise<void> {
    await waitFor(
      `The welcome of the view with ${inWords(shape)}`,
      async () => {
        const welcome = await this.welcome(view);
        return welcome !== undefined && fits<WelcomeContent>(welcome, shape) ? true : undefined;
      },
      { describe: async () => ({ welcome: await this.welcome(view), rows: await this.treeRows(view) }) },
    );
  }

  /** Waits until the view has no rows and shows this button instead. */
  async expectWelcomeButton(label: string, view = 'Bots'): Promise<void> {
    await this.expectWelcome({ buttons: (shown) => shown.includes(label) }, view);
  }

  /** Clicks a button of what the view shows while it has no rows. */
  async clickWelcomeButton(label: string, view = 'Bots'): Promise<void> {
    await this.#pane(view)
      .locator('.welcome-view-content .monaco-button', { hasText: exactly(label) })
      .click();
  }

  /** The modal question that is open, if any. */
  async dialog(): Promise<Dialog | undefined> {
    return (await this.page.locator(dialogBox).evaluateAll(readDialogs))[0];
  }

  /** Waits for a modal question with this message, or of this shape. */
  async expectDialog(wanted: Wanted | Shape<Dialog>): Promise<void> {
    const shape = isWanted(wanted) ? { message: wanted } : wanted;
    await waitFor(
      `The question with ${inWords(shape)}`,
      async () => {
        const open = await this.dialog();
        return open !== undefined && fits<Dialog>(open, shape) ? true : undefined;
      },
      { describe: async () => ({ dialog: await this.dialog(), notifications: await this.notifications() }) },
    );
  }

  /** Answers the modal question. */
  async clickDialogButton(label: string): Promise<void> {
    await this.page.locator(`${dialogBox} .monaco-button`, { hasText: exactly(label) }).click();
    await this.page.locator(dialogBox).waitFor({ state: 'detached' });
  }

  /** The item of the status bar whose id ends with `wanted` or whose text contains it, if it is shown. */
  async statusBarItem(wanted: string): Promise<StatusBarItem | undefined> {
    const items = await this.page.locator('.part.statusbar .statusbar-item').evaluateAll(readStatusBar);
    return items.find((item) => item.id.endsWith(wanted) || item.text.includes(wanted));
  }

  /** Waits for an item of the status bar, found as by `statusBarItem`, of this shape. */
  async expectStatusBarItem(wanted: string, shape: Shape<StatusBarItem> = {}): Promise<void> {
    await waitFor(
      `The status bar item “${wanted}” with ${inWords(shape)}`,
      async () => {
        const item = await this.statusBarItem(wanted);
        return item !== undefined && fits<StatusBarItem>(item, shape) ? true : undefined;
      },
      { describe: () => this.statusBarItem(wanted) },
    );
  }

  /** Waits until no such item of the status bar is shown, found as by `statusBarItem`. */
  async expectNoStatusBarItem(wanted: string): Promise<void> {
    await waitFor(
      `The end of the status bar item “${wanted}”`,
      async () => ((await this.statusBarItem(wanted)) === undefined ? true : undefined),
      { describe: () => this.statusBarItem(wanted) },
    );
  }

  /** Clicks an item of the status bar, found as by `statusBarItem`. */
  async clickStatusBarItem(wanted: string): Promise<void> {
    const { id } = await waitFor(`The status bar item “${wanted}”`, () => this.statusBarItem(wanted));
    await this.page.locator(`.part.statusbar .statusbar-item[id="${id}"] a`).click();
  }

  /** Takes the folder out of Restricted Mode, by VS Code's own page for that. */
  async trustFolder(): Promise<void> {
    await this.expectStatusBarItem('Restricted Mode');
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: exactly('Trust') })
      .first()
      .click();
    await waitFor('The end of Restricted Mode', async () =>
      (await this.statusBarItem('Restricted Mode')) === undefined ? true : undefined,
    );
  }

  /** The open editors, from the left. */
  async editorTabs(): Promise<EditorTab[]> {
    return this.page.locator('.part.editor .tabs-container .tab').evaluateAll(readTabs);
  }

  /** Waits for an open editor with this label, or of this shape. */
  async expectEditorTab(wanted: Wanted | Shape<EditorTab>): Promise<void> {
    const shape = isWanted(wanted) ? { label: wanted } : wanted;
    await waitFor(
      `The editor with ${inWords(shape)}`,
      async () => ((await this.editorTabs()).some((tab) => fits<EditorTab>(tab, shape)) ? true : undefined),
      // What kept it from opening is said there.
      {
        describe: async () => ({
          tabs: await this.editorTabs(),
          notifications: await this.notificationsSoFar(),
        }),
      },
    );
  }

  /** Waits until an open editor is VS Code's audio player with a file loaded; returns how long it plays, in seconds. */
  async expectAudioPlayer(label: Wanted): Promise<number> {
    await this.expectEditorTab(label);
    await this.page.locator('.part.editor', { hasText: 'Audio Preview' }).waitFor();
    return waitFor('The audio in the player', () => this.#audioSeconds(), {
      describe: () => Promise.resolve(this.page.frames().map((frame) => frame.url())),
    });
  }

  /** Waits until a rendered Markdown document has this text, and gives the document. */
  async expectDocument(text: string): Promise<Locator> {
    return waitFor(
      `The document with “${text}”`,
      async () => {
        for (const frame of this.page.frames()) {
          const document = frame.locator('.markdown-body', { hasText: text });
          // A frame that goes away while it is asked has no document.
          if ((await document.count().catch(() => 0)) > 0) return document;
        }
        return undefined;
      },
      { describe: () => Promise.resolve(this.page.frames().map((frame) => frame.url())) },
    );
  }

  /** The lines that are visible in the output panel. */
  async outputLines(): Promise<string[]> {
    const lines = await this.page.locator('.part.panel .view-lines .view-line').allTextContents();
    return lines.map((line) => line.replaceAll('\u00a0', ' '));
  }

  /** Waits for a line of the output panel. */
  async expectOutputLine(wanted: RegExp): Promise<void> {
    await waitFor(
      `The output line “${String(wanted)}”`,
      async () => ((await this.outputLines()).some((line) => wanted.test(line)) ? true : undefined),
      { describe: () => this.outputLines() },
    );
  }

  /** Writes a picture of the page; returns its path. Pictures are numbered in the order in which they are taken. */
  async screenshot(name: string): Promise<string> {
    if (this.#screenshots === undefined) throw new Error('No folder for screenshots was given.');
    await mkdir(this.#screenshots, { recursive: true });
    this.#pictures += 1;
    const path = join(this.#screenshots, `${String(this.#pictures).padStart(2, '0')}-${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  #viewAction(label: string): Locator {
    return this.page.locator(`.part.sidebar .composite.title .action-label[aria-label="${label}"]`);
  }

  /** The buttons that a line shows under the mouse would be in the way of what is clicked next. */
  async #moveMouseAway(): Promise<void> {
    await this.page.mouse.move(700, 450);
  }

  async #openPalette(): Promise<void> {
    await waitFor('The command palette', async () => {
      if ((await this.quickInput())?.value.startsWith('>') === true) return true;
      await this.page.keyboard.press('F1');
      return undefined;
    });
  }

  /** Leaves the palette open with the command chosen; false when the palette does not know it (yet). */
  async #typeCommand(title: string): Promise<boolean> {
    await this.#openPalette();
    await this.pasteInQuickInput(`>${title}`);
    const { items } = await this.#settledQuickInput();
    // For a moment the list is still that of before, in which the command may stand elsewhere.
    if (items.some(({ focused, label, found }) => focused && label === title && found === title)) return true;
    await this.page.keyboard.press('Escape');
    return false;
  }

  /** The open list, once it shows the same twice in a row. */
  async #settledQuickInput(): Promise<QuickInput> {
    let before = '';
    return waitFor('A list that stays', async () => {
      const open = await this.quickInput();
      const now = JSON.stringify(open);
      const settled = now === before && (open?.items.length ?? 0) > 0;
      before = now;
      return settled ? open : undefined;
    });
  }

  async #waitUntilPaletteIsClosed(): Promise<void> {
    await waitFor('The end of the palette', async () =>
      (await this.quickInput())?.value.startsWith('>') === true ? undefined : true,
    );
  }

  async #audioSeconds(): Promise<number | undefined> {
    for (const frame of this.page.frames()) {
      // A frame that goes away while it is asked has no player.
      const seconds = await frame
        .evaluate<number | null>("document.querySelector('audio')?.duration ?? null")
        .catch(() => null);
      if (seconds !== null && seconds > 0) return seconds;
    }
    return undefined;
  }

  get #quickInputBox(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  async #expectInQuickInput(text: string): Promise<void> {
    await waitFor(`“${text}” in the input`, async () =>
      (await this.quickInput())?.value === text ? true : undefined,
    );
  }

  #toast(text: Wanted): Locator {
    const message = this.page.locator('.notification-list-item-message', {
      hasText: typeof text === 'string' ? exactly(text) : text,
    });
    return this.page.locator(toasts).filter({ has: message }).first();
  }

  #activity(title: string): Locator {
    const label = this.page.locator(
      `.action-label[aria-label="${title}"], .action-label[aria-label^="${title} - "], .action-label[aria-label^="${title} ("]`,
    );
    return this.page.locator('.part.activitybar .action-item').filter({ has: label });
  }

  #pane(view: string): Locator {
    const header = this.page.locator(`.pane-header[aria-label="${view} Section"]`);
    return this.page.locator('.part.sidebar .pane').filter({ has: header });
  }

  #row(label: Wanted, view: string): Locator {
    const name = this.page.locator('.label-name', {
      hasText: typeof label === 'string' ? exactly(label) : label,
    });
    return this.#pane(view).locator(treeRow).filter({ has: name }).first();
  }
}

const toasts = '.notifications-toasts .notification-toast .monaco-list-row';
const treeRow = '.monaco-list-row[role="treeitem"]';
const menuItem = '.context-view .monaco-menu .action-menu-item';
const dialogBox = '.monaco-dialog-box';

/** Runs in the page from its start: a notification may be gone before a test looks. */
const rememberNotifications = `
globalThis.notificationsSoFar = [];
const lastTexts = new WeakMap();
new MutationObserver(() => {
  for (const toast of document.querySelectorAll('.notifications-toasts .notification-toast')) {
    const text = toast.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '';
    if (text === '' || lastTexts.get(toast) === text) continue;
    lastTexts.set(toast, text);
    globalThis.notificationsSoFar.push(text);
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
`;

function isWanted(wanted: Wanted | object): wanted is Wanted {
  return typeof wanted === 'string' || wanted instanceof RegExp;
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
