import type { Commands } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { clearFilter } from './clearFilter.ts';
import { filterBots } from './filterBots.ts';
import { groupByDay } from './groupByDay.ts';
import { loadMoreBots } from './loadMoreBots.ts';
import { refreshBots } from './refreshBots.ts';
import { setScope } from './setScope.ts';
import { showLog } from './showLog.ts';
import { stopSearch } from './stopSearch.ts';

/** Commands about what the view and the log show. */
export function viewCommands(parts: Parts) {
  return {
    refreshBots: refreshBots(parts),
    loadMoreBots: loadMoreBots(parts),
    filterBots: filterBots(parts),
    clearFilter: clearFilter(parts),
    stopSearch: stopSearch(parts),
    groupBotsByDay: groupByDay(parts, true),
    ungroupBots: groupByDay(parts, false),
    showAllBots: setScope(parts, false),
    showBotsSentFromHere: setScope(parts, true),
    showLog: showLog(parts),
  } satisfies Commands;
}
