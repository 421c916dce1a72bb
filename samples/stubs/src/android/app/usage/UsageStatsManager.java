package android.app.usage;

import java.util.List;

/** API 21. */
public final class UsageStatsManager {
    public List<Object> queryUsageStats(int interval, long from, long to) {
        return null;
    }
}
