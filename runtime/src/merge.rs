//! Many streams into one by time. The order within a stream is always kept; between streams the
//! smaller reading of the clock goes first. Allocates only when there are more streams than ever.

/// Something that gives its items in order.
pub(crate) trait Stream {
    /// The time of the item in front, if there is one.
    fn head(&mut self) -> Option<u64>;
}

/// The state of one merge; reused from pass to pass.
#[derive(Debug, Default)]
pub(crate) struct Merge {
    /// A heap of (time of the head, index of its stream), smallest in front.
    heads: Vec<(u64, usize)>,
    cutoff: u64,
    /// The front of the heap was given out: its stream has moved since.
    given: bool,
}

impl Merge {
    /// Starts over with these streams. Items later than `cutoff` stay where they are.
    pub(crate) fn begin<S: Stream>(&mut self, streams: &mut [S], cutoff: u64) {
        self.cutoff = cutoff;
        self.given = false;
        self.heads.clear();
        for (index, stream) in streams.iter_mut().enumerate() {
            if let Some(time) = stream.head().filter(|&time| time <= cutoff) {
                self.heads.push((time, index));
            }
        }
        // A sorted list is a heap.
        self.heads.sort_unstable();
    }

    /// The stream whose head is next. The caller takes that item before it asks again.
    pub(crate) fn next<S: Stream>(&mut self, streams: &mut [S]) -> Option<usize> {
        if self.given {
            self.refill(streams);
        }
        let &(_, index) = self.heads.first()?;
        self.given = true;
        Some(index)
    }

    /// Puts the moved stream back into its place, or away when it has nothing more for this pass.
    fn refill<S: Stream>(&mut self, streams: &mut [S]) {
        let Some(&(_, index)) = self.heads.first() else {
            return;
        };
        let head = streams.get_mut(index).and_then(Stream::head);
        match head.filter(|&time| time <= self.cutoff) {
            Some(time) => self.heads[0] = (time, index),
            None => {
                self.heads.swap_remove(0);
            }
        }
        self.sink_front();
    }

    /// Restores the heap after its front grew. Ends at once while one stream stays in front.
    fn sink_front(&mut self) {
        let heads = &mut self.heads[..];
        let mut at = 0;
        loop {
            let left = 2 * at + 1;
            if left >= heads.len() {
                return;
            }
            let right = left + 1;
            let smaller = if right < heads.len() && heads[right] < heads[left] {
                right
            } else {
                left
            };
            if heads[at] <= heads[smaller] {
                return;
            }
            heads.swap(at, smaller);
            at = smaller;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::VecDeque;

    impl Stream for VecDeque<u64> {
        fn head(&mut self) -> Option<u64> {
            self.front().copied()
        }
    }

    fn merge(mut streams: Vec<VecDeque<u64>>, cutoff: u64) -> (Vec<(usize, u64)>, usize) {
        let mut merge = Merge::default();
        merge.begin(&mut streams, cutoff);
        let mut out = Vec::new();
        while let Some(index) = merge.next(&mut streams) {
            out.push((
                index,
                streams[index].pop_front().expect("a head was promised"),
            ));
        }
        (out, streams.iter().map(VecDeque::len).sum())
    }

    #[test]
    fn a_stream_whose_clock_went_back_keeps_its_order() {
        let (out, left) = merge(vec![VecDeque::from([5, 3, 9]), VecDeque::from([4, 6])], 8);
        assert_eq!(out, [(1, 4), (0, 5), (0, 3), (1, 6)]);
        assert_eq!(left, 1);
    }

    proptest! {
        #[test]
        fn everything_up_to_the_cutoff_comes_once_and_in_order(
            streams in prop::collection::vec(prop::collection::vec(0u64..1000, 0..40), 0..9),
            cutoff in 0u64..1000,
        ) {
            let mut sorted = streams.clone();
            for stream in &mut sorted {
                stream.sort_unstable();
            }
            let (out, left) = merge(sorted.iter().cloned().map(VecDeque::from).collect(), cutoff);
            let mut expected: Vec<u64> = sorted.concat();
            let total = expected.len();
            expected.retain(|&time| time <= cutoff);
            expected.sort_unstable();
            prop_assert_eq!(out.iter().map(|&(_, time)| time).collect::<Vec<_>>(), expected);
            prop_assert_eq!(out.len() + left, total);
        }
    }
}
