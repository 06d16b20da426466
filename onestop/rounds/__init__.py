"""Collection rounds: which bins are emptied on which days, with holidays, changed days and suspensions."""
