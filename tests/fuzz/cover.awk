# From the control file of a libFuzzer merge, the paths of at most `most` inputs that together reach the most:
# each time the one that adds most to what is reached already, and of equals the smallest, as the file has
# them in that order.

FNR == 1 { files = $1; next }
FNR == 2 { next }
FNR <= files + 2 { path[FNR - 3] = $0; next }
$1 == "FT" { features[$2] = $0; gain[$2] = NF - 2; age[$2] = 0 }

END {
    for (round = 1; round <= most; round++) {
        # What an input adds only ever shrinks, so one that was counted in this round and still leads is the best.
        while (1) {
            best = -1
            for (file = 0; file < files; file++)
                if (gain[file] > 0 && (best < 0 || gain[file] > gain[best])) best = file
            if (best < 0) exit
            if (age[best] == round) break
            count = split(features[best], words, " ")
            gain[best] = 0
            for (at = 3; at <= count; at++) if (!(words[at] in reached)) gain[best]++
            age[best] = round
        }
        count = split(features[best], words, " ")
        for (at = 3; at <= count; at++) reached[words[at]]
        gain[best] = 0
        print path[best]
    }
}
