package cn.hongxian.lantern.probe;

import android.accounts.AccountManager;
import android.content.Context;

/** Lists the accounts on the phone. */
final class AccountProbe implements Probe {
    @Override
    public String look(Context context) {
        return AccountManager.get(context).getAccounts().length + ";";
    }
}
