import { native } from '../api/native.ts';
import { LAYER_NAMES, LAYER_TITLES, LOCKABLE_LAYERS } from '../canvas/layer-name.ts';
import { useDigitizeAll } from '../composables/use-digitize-all.ts';
import { useShowLineage } from '../composables/use-show-lineage.ts';
import { useLayerLocks } from '../stores/layer-locks.ts';
import { useJobs } from '../stores/jobs-store.ts';
import type { ThemeChoice } from '../services/apply-theme.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { useQueue } from '../stores/queue-store.ts';
import { useReference } from '../stores/reference-store.ts';
import { useToasts } from '../stores/toast-store.ts';
import { useView } from '../stores/view-store.ts';
import type { Command } from './command.ts';
import { editCommands } from './edit-commands.ts';

/** Every command of the workstation, bound to the stores. */
export function workstationCommands(): readonly Command[] {
  return [...queueCommands(), ...pageCommands(), ...editCommands(), ...viewCommands(), ...projectCommands()];
}

function queueCommands(): Command[] {
  const queue = useQueue();
  const hasPages = (): boolean => queue.ids.length > 0;
  return [
    {
      id: 'next-page',
      title: 'Next page',
      group: 'Queue',
      keys: ['D'],
      enabled: hasPages,
      run: () => queue.step(1),
    },
    {
      id: 'previous-page',
      title: 'Previous page',
      group: 'Queue',
      keys: ['A'],
      enabled: hasPages,
      run: () => queue.step(-1),
    },
    {
      id: 'search',
      title: 'Search pages',
      group: 'Queue',
      keys: ['Ctrl+F', '/'],
      also: 'find filter',
      run: () => document.getElementById('queue-search')?.focus(),
    },
    {
      id: 'select-all',
      title: 'Select all pages',
      group: 'Queue',
      keys: ['Ctrl+A'],
      run: () => queue.selectAll(),
    },
    {
      id: 'clear-filter',
      title: 'Clear the filter',
      group: 'Queue',
      also: 'show all pages',
      run: () => queue.clearFilter(),
    },
  ];
}

function pageCommands(): Command[] {
  const locks = useLayerLocks();
  const queue = useQueue();
  const view = useView();
  const preferences = usePreferences().values;
  return [
    {
      id: 'fit',
      title: 'Fit page in view',
      group: 'Page',
      keys: ['Ctrl+0'],
      also: 'zoom',
      run: () => view.pageView?.fit(),
    },
    {
      id: 'actual',
      title: 'Zoom to 100 %',
      group: 'Page',
      keys: ['Ctrl+1'],
      run: () => view.pageView?.zoomTo(1),
    },
    {
      id: 'zoom-in',
      title: 'Zoom in',
      group: 'Page',
      keys: ['Plus', '='],
      run: () => view.pageView?.zoomBy(1.25),
    },
    { id: 'zoom-out', title: 'Zoom out', group: 'Page', keys: ['-'], run: () => view.pageView?.zoomBy(0.8) },
    {
      id: 'reveal',
      title: 'Show the scan in the file manager',
      group: 'Page',
      also: 'reveal folder',
      enabled: () => native !== null && queue.currentId !== null,
      run: () => {
        if (queue.currentId !== null) void native?.revealPage(queue.currentId);
      },
    },
    {
      id: 'measure',
      title: 'Measure milliseconds and millivolts',
      group: 'Page',
      keys: ['Shift+M'],
      also: 'ruler caliper',
      run: () => (view.measuring = !view.measuring),
    },
    {
      id: 'point-by-keys',
      title: 'Point by keys: arrows move, Space presses',
      group: 'Page',
      keys: ['Shift+P'],
      also: 'keyboard pointer cursor mouse accessibility draw',
      enabled: () => queue.currentId !== null,
      run: () => (view.pointingByKeys = !view.pointingByKeys),
    },
    {
      id: 'magnify',
      title: 'Magnifier (held)',
      group: 'Page',
      keys: ['M'],
      also: 'loupe glass zoom',
      run: () => (view.magnifying = !view.magnifying),
      hold: (held) => (view.magnifying = held),
    },
    {
      id: 'peek',
      title: 'Peek under everything (held)',
      group: 'Page',
      keys: ['H'],
      also: 'hide overlays layers',
      run: () => (view.peeking = !view.peeking),
      hold: (held) => (view.peeking = held),
    },
    {
      id: 'trace-colours',
      title: 'Traces in the colours of leads, or of confidence',
      group: 'Page',
      keys: ['Alt+C'],
      also: 'legend trust doubt graded colour blind',
      run: () => {
        preferences.traceColours = preferences.traceColours === 'leads' ? 'confidence' : 'leads';
      },
    },
    ...LAYER_NAMES.map((name, i) => ({
      id: `layer-${name}`,
      title: `Show or hide: ${LAYER_TITLES[name]}`,
      group: 'Page' as const,
      keys: [`Alt+${i}`],
      also: 'layer overlay',
      run: () => {
        preferences.layers[name].visible = !preferences.layers[name].visible;
      },
    })),
    ...LOCKABLE_LAYERS.map((name) => ({
      id: `lock-${name}`,
      title: `Lock or unlock: ${LAYER_TITLES[name]}`,
      group: 'Page' as const,
      keys: [`Alt+Shift+${LAYER_NAMES.indexOf(name)}`],
      also: 'layer protect',
      run: () => locks.toggle(name),
    })),
  ];
}

function viewCommands(): Command[] {
  const reference = useReference();
  const preferences = usePreferences().values;
  const view = useView();
  const theme = (choice: ThemeChoice) => () => {
    preferences.theme = choice;
  };
  return [
    {
      id: 'arrangement',
      title: 'Signals: as printed or stacked',
      group: 'Signal',
      run: () => (preferences.arrangement = preferences.arrangement === 'printed' ? 'stacked' : 'printed'),
    },
    {
      id: 'signal-dock',
      title: 'Signals: below or beside the page',
      group: 'Signal',
      run: () => (preferences.signalDock = preferences.signalDock === 'bottom' ? 'right' : 'bottom'),
    },
    {
      id: 'reference',
      title: 'Known signals: draw them, or not',
      group: 'Signal',
      also: 'reference truth',
      enabled: () => reference.score !== null,
      run: () => (reference.shown = !reference.shown),
    },
    {
      id: 'difference',
      title: 'Known signals: difference as large, 10 times, or none',
      group: 'Signal',
      also: 'reference truth residual error curve',
      enabled: () => reference.score !== null,
      run: () =>
        (reference.difference = reference.difference === 0 ? 1 : reference.difference === 1 ? 10 : 0),
    },
    {
      id: 'toggle-queue',
      title: 'Show or hide the queue',
      group: 'View',
      keys: ['Ctrl+B'],
      run: () => (preferences.queueOpen = !preferences.queueOpen),
    },
    {
      id: 'toggle-signal',
      title: 'Show or hide the signals',
      group: 'View',
      keys: ['Ctrl+J'],
      run: () => (preferences.signalOpen = !preferences.signalOpen),
    },
    {
      id: 'toggle-inspector',
      title: 'Show or hide the inspector',
      group: 'View',
      keys: ['Ctrl+I'],
      run: () => (preferences.inspectorOpen = !preferences.inspectorOpen),
    },
    { id: 'theme-light', title: 'Theme: light', group: 'View', run: theme('light') },
    { id: 'theme-dark', title: 'Theme: dark', group: 'View', run: theme('dark') },
    {
      id: 'theme-contrast',
      title: 'Theme: high contrast',
      group: 'View',
      also: 'accessibility',
      run: theme('contrast'),
    },
    { id: 'theme-system', title: 'Theme: follow the system', group: 'View', run: theme('system') },
    {
      id: 'palette',
      title: 'Command palette',
      group: 'View',
      keys: ['Ctrl+K'],
      run: () => (view.dialog = 'palette'),
    },
    {
      id: 'help',
      title: 'Keyboard shortcuts',
      group: 'View',
      keys: ['?', 'F1'],
      also: 'help',
      run: () => (view.dialog = 'help'),
    },
  ];
}

function projectCommands(): Command[] {
  const view = useView();
  const jobs = useJobs();
  const queue = useQueue();
  const toasts = useToasts();
  const digitizeAll = useDigitizeAll();
  const showLineage = useShowLineage();
  const guarded = (title: string, work: () => Promise<unknown>) => () =>
    void work().catch((thrown: unknown) => toasts.fail(title, thrown, () => void work()));
  return [
    {
      id: 'add-folder',
      title: 'Add a folder of scans',
      group: 'Project',
      keys: ['Ctrl+O'],
      also: 'open',
      run: () => (view.dialog = 'add-folder'),
    },
    {
      id: 'import',
      title: 'Import a folder with signals or masks',
      group: 'Project',
      keys: ['Ctrl+Shift+O'],
      also: 'kaggle pairs ptb-image wfdb edf csv masks dataset',
      run: () => (view.dialog = 'import'),
    },
    {
      id: 'export',
      title: 'Export',
      group: 'Project',
      keys: ['Ctrl+E'],
      also: 'save csv wfdb json overlay',
      enabled: () => queue.ids.length > 0,
      run: () => (view.dialog = 'export'),
    },
    {
      id: 'dataset',
      title: 'Dataset: all pages at a glance',
      group: 'Project',
      keys: ['Ctrl+Shift+E'],
      also: 'explore charts statistics duplicates correlation sample',
      run: () => (view.dataset = !view.dataset),
    },
    {
      id: 'models',
      title: 'Models',
      group: 'Project',
      keys: ['Ctrl+Shift+M'],
      also: 'segmentation onnx import neural network gpu provider mirror look twice',
      run: () => (view.dialog = 'models'),
    },
    {
      id: 'readers',
      title: 'Readers',
      group: 'Project',
      also: 'name person double reading blind two second adjudication',
      run: () => (view.dialog = 'readers'),
    },
    {
      id: 'learn',
      title: 'Learn from corrections',
      group: 'Project',
      keys: ['Ctrl+Shift+L'],
      also: 'fine-tune finetune train training set proof prove promote roll back active learning model',
      run: () => (view.dialog = 'learn'),
    },
    {
      id: 'lineage',
      title: 'Lineage of models and training sets',
      group: 'Project',
      also: 'graph card curve comparison history model',
      run: showLineage,
    },
    {
      id: 'compact',
      title: 'Compact history…',
      group: 'Project',
      also: 'journal undo smaller disk space merge old steps',
      run: () => (view.dialog = 'compact'),
    },
    {
      id: 'digitize-all-again',
      title: 'Digitize all pages again',
      group: 'Project',
      also: 'redo rerun everything',
      enabled: () => queue.ids.length > 0,
      run: digitizeAll,
    },
    {
      id: 'digitize-again',
      title: 'Digitize the selected pages again',
      group: 'Project',
      keys: ['Ctrl+Shift+D'],
      also: 'redo rerun',
      enabled: () => queue.selection.ids.size > 0,
      run: guarded('The pages were not queued', () => jobs.digitize([...queue.selection.ids], true)),
    },
    {
      id: 'pause',
      title: 'Pause digitizing',
      group: 'Project',
      enabled: () => !jobs.state.paused,
      run: guarded('Not paused', () => jobs.pause()),
    },
    {
      id: 'resume',
      title: 'Resume digitizing',
      group: 'Project',
      enabled: () => jobs.state.paused,
      run: guarded('Not resumed', () => jobs.resume()),
    },
  ];
}
