export const FINETUNE_HELP = `Goes on training the model of a project with its accepted pages.

  npm run finetune -- --project <dir> [options]

  --project <dir>    the project; it must not be open elsewhere
  --set <hash>       training set to learn from, or its first characters; a new one of what is accepted now when absent
  --split <what>     keep pages of one patient (the default) or one folder together in a new set
  --config <file>    settings; docs/learning.md describes them
  --minutes <N>      end after N minutes at most (15)
  --anew             begin anew where one with the same settings was interrupted
  --model <hash>     model to go on from, by its digest: bundled, or one of the project; the chosen one when absent
`;
