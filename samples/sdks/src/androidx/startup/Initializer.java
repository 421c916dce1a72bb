package androidx.startup;

import android.content.Context;
import java.util.List;

/** A component that wants to start with the app. */
public interface Initializer<T> {
    T create(Context context);

    List<Class<? extends Initializer<?>>> dependencies();
}
