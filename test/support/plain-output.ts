// Jest may tell its workers to force colours; what commands print is compared as plain text.
process.env.NO_COLOR = '1';
