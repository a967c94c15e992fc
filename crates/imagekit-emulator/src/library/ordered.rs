//! A sorted list with fast paging.

/// A block holds at most this many keys.
const BLOCK: usize = 512;

/// A sorted list of distinct keys, kept in blocks: insertion and removal move one block only,
/// and skipping counts blocks instead of keys.
#[derive(Clone, Debug)]
pub(crate) struct Ordered<K> {
    /// Each sorted, none of them empty.
    blocks: Vec<Vec<K>>,
}

impl<K> Default for Ordered<K> {
    fn default() -> Self {
        Self { blocks: Vec::new() }
    }
}

impl<K: Ord> Ordered<K> {
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Inserts a key. Does nothing when it is there.
    pub(crate) fn insert(&mut self, key: K) {
        let last = self.blocks.len().saturating_sub(1);
        let at = self.block_of(&key).min(last);
        let Some(block) = self.blocks.get_mut(at) else {
            self.blocks.push(vec![key]);
            return;
        };
        let Err(place) = block.binary_search(&key) else { return };
        if block.len() < BLOCK {
            block.insert(place, key);
        } else if at == last && place == block.len() {
            // Keys mostly come in order: full blocks stay full.
            self.blocks.push(vec![key]);
        } else {
            let mut upper = block.split_off(BLOCK / 2);
            match place.checked_sub(BLOCK / 2) {
                Some(place) => upper.insert(place, key),
                None => block.insert(place, key),
            }
            self.blocks.insert(at + 1, upper);
        }
    }

    /// Removes a key, if it is there.
    pub(crate) fn remove(&mut self, key: &K) {
        let at = self.block_of(key);
        let Some(block) = self.blocks.get_mut(at) else { return };
        let Ok(place) = block.binary_search(key) else { return };
        block.remove(place);
        if block.is_empty() {
            self.blocks.remove(at);
        }
    }

    /// The keys from the smallest on, without the first `skip`.
    pub(crate) fn ascending(&self, mut skip: usize) -> impl Iterator<Item = &K> {
        let mut at = 0;
        while let Some(block) = self.blocks.get(at).filter(|block| block.len() <= skip) {
            skip -= block.len();
            at += 1;
        }
        self.blocks.iter().skip(at).flatten().skip(skip)
    }

    /// The keys from the largest on, without the first `skip`.
    pub(crate) fn descending(&self, mut skip: usize) -> impl Iterator<Item = &K> {
        let mut count = self.blocks.len();
        while let Some(block) = count.checked_sub(1).and_then(|at| self.blocks.get(at)) {
            if block.len() > skip {
                break;
            }
            skip -= block.len();
            count -= 1;
        }
        self.blocks.iter().take(count).rev().flat_map(|block| block.iter().rev()).skip(skip)
    }

    /// The keys from the first one on for which `before` is false; `before` has to be true for
    /// a prefix of the list only.
    pub(crate) fn from<'a, F>(&'a self, before: F) -> impl Iterator<Item = &'a K> + use<'a, K, F>
    where
        F: Fn(&K) -> bool,
    {
        let at = self.blocks.partition_point(|block| block.last().is_some_and(&before));
        let skip = self.blocks.get(at).map_or(0, |block| block.partition_point(&before));
        self.blocks.iter().skip(at).flatten().skip(skip)
    }

    /// The block that holds `key`, or would.
    fn block_of(&self, key: &K) -> usize {
        self.blocks.partition_point(|block| block.last().is_some_and(|last| last < key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn many_keys_in_every_order() {
        for step in [1_u32, 7, 4_999] {
            let mut list = Ordered::default();
            for key in (0..5_000).map(|at| at * step % 5_000) {
                list.insert(key);
            }
            assert_eq!(list.ascending(0).count(), 5_000);
            assert!(list.ascending(4_990).copied().eq(4_990..5_000));
            assert!(list.descending(4_990).copied().eq((0..10).rev()));
            assert!(list.from(|key| *key < 4_321).copied().eq(4_321..5_000));
            (0..5_000).for_each(|key| list.remove(&key));
            assert!(list.is_empty() && list.ascending(0).next().is_none());
        }
    }

    proptest! {
        #[test]
        fn it_is_a_sorted_set(
            changes in proptest::collection::vec((any::<bool>(), 0_u16..1500), 0..3000),
            skip in 0_usize..1500,
        ) {
            let (mut list, mut set) = (Ordered::default(), BTreeSet::new());
            for (insert, key) in changes {
                if insert {
                    list.insert(key);
                    set.insert(key);
                } else {
                    list.remove(&key);
                    set.remove(&key);
                }
            }
            prop_assert_eq!(list.is_empty(), set.is_empty());
            prop_assert!(list.ascending(skip).eq(set.iter().skip(skip)));
            prop_assert!(list.descending(skip).eq(set.iter().rev().skip(skip)));
        }
    }
}
