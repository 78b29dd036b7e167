//! What sinks are given together: written out and counted, then flushed and synced. Frames are released behind it.

use std::time::Instant;

use super::Press;
use crate::backend::lane::Lane;
use crate::backend::losses::PROCESS;

/// Ring space is given back after so many frames, even if no sink wants them.
const BATCH_FRAMES: usize = 4096;

impl Press {
    /// Whether it is time to write out.
    #[inline]
    pub(in crate::backend) fn is_full(&self) -> bool {
        self.taken >= BATCH_FRAMES || self.lanes.iter().any(Lane::is_full)
    }

    /// Gives every sink its batch, then counts. Afterwards the frames may be released.
    pub(in crate::backend) fn write_out(&mut self) {
        self.taken = 0;
        for lane in &mut self.lanes {
            lane.write();
        }
        self.count();
    }

    /// What was lost so far, also where no frame came after it.
    pub(in crate::backend) fn count(&mut self) {
        let mut tally = self.shared.tally();
        tally.update(self.passed, &self.lanes);
        self.losses.set(PROCESS, &tally.dropped());
        drop(tally);
        for lane in &self.lanes {
            self.losses.set(lane.row(), lane.dropped());
        }
        self.keep_losses();
    }

    /// Tells the recorder what has changed of that.
    pub(in crate::backend) fn keep_losses(&mut self) {
        // Before the frames are released: what is lost with them is known to whoever recovers.
        for lane in &mut self.lanes {
            if let Some((log, losses)) = lane.changed_losses(&self.losses)
                && let Some(recorder) = self.shared.recorder()
            {
                recorder.set_losses(log, losses);
            }
        }
    }

    /// Forces files onto their disks where that is due; says when the next one will be.
    pub(in crate::backend) fn sync(&mut self) -> Option<Instant> {
        let mut next = None;
        for index in 0..self.lanes.len() {
            let (due, problem) = self.lanes[index].sync();
            next = next.into_iter().chain(due).min();
            if let Some(problem) = problem {
                let reason = format!("`{}`: {problem}", self.lanes[index].name());
                self.report_problem("sync_failed", &reason);
            }
        }
        next
    }

    /// Whether a sink has not taken everything yet.
    pub(in crate::backend) fn has_queue(&self) -> bool {
        self.lanes.iter().any(Lane::has_queue)
    }

    /// What sinks have not taken yet is lost.
    #[cold]
    pub(in crate::backend) fn give_up_queues(&mut self) {
        self.lanes.iter_mut().for_each(Lane::give_up_queue);
        self.write_out();
    }

    /// When a sink is to be tried again though nothing new has come.
    pub(in crate::backend) fn next_try(&self) -> Option<Instant> {
        self.lanes
            .iter()
            .filter_map(|lane| lane.next_idle_try(&self.losses))
            .min()
    }

    /// Has every sink that has taken all it was given hand on what it holds back, once for each ticket; gives
    /// the first one that failed.
    pub(in crate::backend) fn flush_sinks(&mut self, ticket: u64) -> Option<(String, String)> {
        let mut failed = None;
        for lane in &mut self.lanes {
            if let Err(error) = lane.flush(ticket) {
                failed.get_or_insert((lane.name().to_owned(), error));
            }
        }
        failed
    }
}
