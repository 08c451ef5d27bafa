import { onBeforeUnmount, onMounted } from 'vue';
import { native } from '../api/native.ts';
import { useProject } from '../stores/project-store.ts';
import { useToasts } from '../stores/toast-store.ts';

/** Folders dropped on the window are added (Electron tells their paths; elsewhere the drop says what to do). */
export function useFileDrop(): void {
  const project = useProject();
  const toasts = useToasts();

  const onOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const onDrop = (event: DragEvent): void => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    const paths = native?.droppedPaths([...event.dataTransfer.files]) ?? [];
    if (paths.length === 0) {
      toasts.show({
        title: 'Dropped files carry no path here',
        detail: 'Use “Add folder” and choose their folder.',
      });
    }
    for (const path of paths) {
      project
        .addFolder(path, true)
        .catch((thrown: unknown) => toasts.fail('The folder was not added', thrown));
    }
  };

  onMounted(() => {
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('dragover', onOver);
    window.removeEventListener('drop', onDrop);
  });
}
