// Numbers and dates as people read them.

export function bytes(count) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit += 1;
  }
  return `${unit === 0 || count >= 100 ? Math.round(count) : count.toFixed(1)} ${units[unit]}`;
}

export function millis(count) {
  if (count >= 10000) return `${(count / 1000).toFixed(1)} s`;
  if (count >= 1000) return `${(count / 1000).toFixed(2)} s`;
  return count >= 10 ? `${Math.round(count)} ms` : `${count} ms`;
}

export const date = (text) => new Date(text).toLocaleString();

export function time(at) {
  return new Date(at).toLocaleTimeString([], { hour12: false });
}

export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
