// Keeps a room without sources a valid library.
