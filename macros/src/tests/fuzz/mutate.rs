//! What becomes of a call: tokens are lost, doubled, swapped, replaced, put in from elsewhere, wrapped,
//! and piled up. Every stream follows from its seed and its number alone.

use super::odd::{self, Odd};
use super::random::Random;
use crate::tests::calls::{self, Call};
use crate::tests::doors::{DOORS, Kind};
use crate::tests::tree::{self, List, Node};

/// More tokens than this say nothing new, and take long.
const MOST: usize = 12_000;

/// Where streams come from.
pub(super) struct Source {
    calls: Vec<Call>,
    /// The same for each door: some are called seldom.
    of_door: Vec<Vec<Call>>,
    pieces: Vec<List>,
    odd: Odd,
}

impl Source {
    pub(super) fn new() -> Self {
        let calls = calls::collect();
        let pieces = calls::pieces(&calls);
        let of_door = DOORS.iter().map(|door| {
            let of_it = calls.iter().filter(|call| call.door.name == door.name);
            of_it.cloned().collect()
        });
        Self {
            of_door: of_door.collect(),
            calls,
            pieces,
            odd: Odd::new(),
        }
    }

    /// The stream of this number.
    pub(super) fn stream(&self, seed: u64, number: u64) -> Call {
        let random = &mut Random::new(seed, number);
        let of_one_door = if random.one_in(2) {
            random.pick(&self.of_door)
        } else {
            None
        };
        let mut call = random
            .pick(of_one_door.unwrap_or(&self.calls))
            .expect("there are calls to begin with")
            .clone();
        // Now and then the wrong thing stands where an item was.
        if random.one_in(200)
            && !call.item.is_empty()
            && let Some(piece) = random.pick(&self.pieces)
        {
            call.item.clone_from(piece);
        }
        if random.one_in(300) {
            call.arguments = List::new();
        }
        let changes = 1
            + random.below(3)
            + if random.one_in(8) {
                random.below(30)
            } else {
                0
            };
        for _ in 0..changes {
            let takes_no_arguments = matches!(call.door.kind, Kind::Derive(_));
            let in_item = !call.item.is_empty() && (takes_no_arguments || random.one_in(2));
            let root = if in_item {
                &mut call.item
            } else {
                &mut call.arguments
            };
            if tree::size(root) > MOST {
                break;
            }
            self.change(somewhere(root, random), random);
        }
        call
    }

    fn change(&self, list: &mut List, random: &mut Random) {
        let at = random.below(list.len());
        let end = list.len().min(at + 1 + random.below(4));
        match random.below(if list.is_empty() { 4 } else { 15 }) {
            0 => list.insert(at, self.odd.node(random)),
            1 => self.splice(list, at..at, random),
            2 if random.one_in(40) => {
                list.splice(at..at, odd::tower(random));
            }
            2 | 3 => list.insert(at, self.token(random)),
            4 | 5 => drop(list.drain(at..end)),
            6 => {
                let again = list[at..end].to_vec();
                list.splice(at..at, again);
            }
            7 => {
                let other = random.below(list.len());
                list.swap(at, other);
            }
            8 => list[at] = self.odd.node(random),
            9 => list[at] = self.token(random),
            10 => self.splice(list, at..end, random),
            11 => {
                let inner = list.drain(at..end).collect();
                list.insert(at, Node::Group(odd::delimiter(random), inner));
            }
            12 => {
                if let Node::Group(kind, inner) = &mut list[at] {
                    if random.one_in(2) {
                        *kind = odd::delimiter(random);
                    } else {
                        let inner = core::mem::take(inner);
                        list.splice(at..=at, inner);
                    }
                }
            }
            13 => list.truncate(at),
            _ if random.one_in(20) => {
                let whole = list.clone();
                for _ in 0..random.below(400) {
                    if list.len() > MOST {
                        break;
                    }
                    list.extend(whole.iter().cloned());
                }
            }
            _ => list.rotate_left(at),
        }
    }

    /// Some neighbours out of another call.
    fn splice(&self, list: &mut List, range: core::ops::Range<usize>, random: &mut Random) {
        let Some(piece) = random.pick(&self.pieces) else {
            return;
        };
        let from = random.below(piece.len());
        let to = piece.len().min(from + 1 + random.below(6));
        list.splice(range, piece[from..to].iter().cloned());
    }

    /// One token out of another call; a group comes with what is in it.
    fn token(&self, random: &mut Random) -> Node {
        random
            .pick(&self.pieces)
            .and_then(|piece| random.pick(piece))
            .cloned()
            .unwrap_or_else(|| self.odd.node(random))
    }
}

/// A list somewhere in the tree, a deeper one as likely as not.
fn somewhere<'a>(list: &'a mut List, random: &mut Random) -> &'a mut List {
    let groups: Vec<usize> = (0..list.len())
        .filter(|index| matches!(list[*index], Node::Group(..)))
        .collect();
    let Some(index) = random.pick(&groups).copied().filter(|_| !random.one_in(3)) else {
        return list;
    };
    // The borrow of a checked pattern would not end before the other return.
    let Node::Group(_, inner) = &mut list[index] else {
        unreachable!("only groups were picked");
    };
    somewhere(inner, random)
}

/// The call with one thing less in it, in every way there is, larger pieces first.
pub(super) fn smaller(call: &Call) -> Vec<Call> {
    let mut all = Vec::new();
    for arguments in smaller_lists(&call.arguments) {
        all.push(Call {
            arguments,
            ..call.clone()
        });
    }
    for item in smaller_lists(&call.item) {
        all.push(Call {
            item,
            ..call.clone()
        });
    }
    all
}

fn smaller_lists(list: &[Node]) -> Vec<List> {
    let mut all = Vec::new();
    let mut length = list.len();
    while length > 0 {
        for at in (0..list.len()).step_by(length) {
            let mut less = list.to_vec();
            less.drain(at..list.len().min(at + length));
            all.push(less);
        }
        length /= 2;
    }
    for (index, node) in list.iter().enumerate() {
        match node {
            Node::Group(kind, inner) => {
                for inner in smaller_lists(inner) {
                    let mut less = list.to_vec();
                    less[index] = Node::Group(*kind, inner);
                    all.push(less);
                }
                let mut less = list.to_vec();
                less.splice(index..=index, inner.iter().cloned());
                all.push(less);
            }
            Node::Leaf(_) => {}
        }
    }
    all
}
