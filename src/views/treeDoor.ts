import * as vscode from 'vscode';
import { DisposableList } from '../host/disposables.ts';
import { BOTS_VIEW } from '../host/names.ts';
import type { TreeNode } from './treeNodes.ts';

/** What is dragged out of the tree. */
export const URI_LIST = 'text/uri-list';

/** A tree that can be put behind the door. */
export interface TreeBehind {
  readonly onDidChangeTreeData: vscode.Event<TreeNode | TreeNode[] | undefined>;
  getChildren(parent?: TreeNode): TreeNode[];
  getParent(node: TreeNode): TreeNode | undefined;
  getTreeItem(node: TreeNode): Promise<vscode.TreeItem>;
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem>;
  handleDrag(source: readonly TreeNode[], dataTransfer: vscode.DataTransfer): Promise<void>;
}

/**
 * The view of bots as VS Code gets it at activation: empty, and later with the lines of the tree that is put behind it.
 * They can be dragged out of it; nothing can be dropped.
 */
export class TreeDoor
  implements vscode.TreeDataProvider<TreeNode>, vscode.TreeDragAndDropController<TreeNode>, vscode.Disposable
{
  readonly dragMimeTypes = [URI_LIST];
  readonly dropMimeTypes = [];
  readonly #owned = new DisposableList();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #tree: TreeBehind | undefined;
  /** For its message, badge, selection and visibility. */
  readonly view: vscode.TreeView<TreeNode> = this.#owned.add(
    vscode.window.createTreeView<TreeNode>(BOTS_VIEW, {
      treeDataProvider: this,
      dragAndDropController: this,
      canSelectMany: true,
      showCollapseAll: false,
    }),
  );

  /** Shows what this tree holds, and its changes. */
  open(tree: TreeBehind): void {
    this.#tree = tree;
    this.#owned.add(
      tree.onDidChangeTreeData((changed) => {
        this.#changed.fire(changed);
      }),
    );
    this.#changed.fire(undefined);
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    return this.#tree?.getChildren(parent) ?? [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#tree?.getParent(node);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    // There is no line before there is a tree.
    return this.#tree?.getTreeItem(node) ?? new vscode.TreeItem('');
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    return this.#tree?.resolveTreeItem(item, node) ?? item;
  }

  async handleDrag(source: readonly TreeNode[], dataTransfer: vscode.DataTransfer): Promise<void> {
    await this.#tree?.handleDrag(source, dataTransfer);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
