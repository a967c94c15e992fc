//! Values that note that they have changed, so that a data folder gets the changes alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};

/// A value that is stored as a whole when anything of it has changed.
#[derive(Debug, Default)]
pub(crate) struct Tracked<T> {
    value: T,
    changed: bool,
}

impl<T> Tracked<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value, changed: false }
    }

    /// Returns the value if it may have changed since the last call.
    #[cfg(feature = "server")]
    pub(crate) fn take_changed(&mut self) -> Option<T>
    where
        T: Clone,
    {
        std::mem::take(&mut self.changed).then(|| self.value.clone())
    }
}

impl<T> Deref for Tracked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Tracked<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.changed = true;
        &mut self.value
    }
}

/// Keys whose values have changed; nothing is noted until [`begin`](Self::begin).
#[derive(Debug)]
pub(crate) struct Touched<K>(Option<BTreeSet<K>>);

impl<K> Default for Touched<K> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: Ord> Touched<K> {
    pub(crate) fn note(&mut self, key: impl FnOnce() -> K) {
        if let Some(keys) = &mut self.0 {
            keys.insert(key());
        }
    }
}

#[cfg(feature = "server")]
impl<K: Ord> Touched<K> {
    pub(crate) fn begin(&mut self) {
        self.0 = Some(BTreeSet::new());
    }

    /// Returns the keys since the last call.
    pub(crate) fn take(&mut self) -> BTreeSet<K> {
        self.0.as_mut().map(std::mem::take).unwrap_or_default()
    }
}

/// A map of which each changed entry is stored on its own.
#[derive(Debug)]
pub(crate) struct TrackedMap<K, V> {
    map: BTreeMap<K, V>,
    touched: Touched<K>,
}

impl<K, V> Default for TrackedMap<K, V> {
    fn default() -> Self {
        Self { map: BTreeMap::new(), touched: Touched::default() }
    }
}

impl<K: Ord + Clone, V> TrackedMap<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.map.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let found = self.map.get_mut(key)?;
        self.touched.note(|| key.clone());
        Some(found)
    }

    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.touched.note(|| key.clone());
        self.map.insert(key, value)
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let removed = self.map.remove(key)?;
        self.touched.note(|| key.clone());
        Some(removed)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.map.values()
    }
}

#[cfg(feature = "server")]
impl<K: Ord + Clone, V: Clone> TrackedMap<K, V> {
    /// Begins to note which entries change.
    pub(crate) fn track(&mut self) {
        self.touched.begin();
    }

    /// Returns the entries that have changed since the last call, `None` for removed ones.
    pub(crate) fn take_changed(&mut self) -> Vec<(K, Option<V>)> {
        let keys = self.touched.take().into_iter();
        keys.map(|key| (key.clone(), self.map.get(&key).cloned())).collect()
    }

    /// Returns all entries, as [`take_changed`](Self::take_changed) does.
    pub(crate) fn all(&self) -> Vec<(K, Option<V>)> {
        self.map.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect()
    }

    /// Sets or removes entries.
    pub(crate) fn apply(&mut self, entries: Vec<(K, Option<V>)>) {
        for (key, value) in entries {
            match value {
                Some(value) => drop(self.map.insert(key, value)),
                None => drop(self.map.remove(&key)),
            }
        }
    }
}
