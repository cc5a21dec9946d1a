import * as vscode from 'vscode';
import type { Signs } from '../network/signs.ts';
import type { ApiReachability } from '../recall/reachability.ts';

/** Signs that what was away may be back: the API answers again, or somebody turns to this window. */
export function returnSigns({ back }: Pick<ApiReachability, 'back'>): Signs {
  return (listener) => {
    let wasFocused = vscode.window.state.focused;
    const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
      const gained = focused && !wasFocused;
      wasFocused = focused;
      if (gained) listener();
    });
    return vscode.Disposable.from(back(listener), focus);
  };
}
