package io.crsql.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** Plain connections of sqlite-jdbc, wrapped as a pool does, and how many of them are open. */
final class CountingSource extends SQLiteDataSource {
  private final AtomicInteger open = new AtomicInteger();

  CountingSource(String url) {
    setUrl(url);
  }

  int open() {
    return open.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    SQLiteConnection connection = super.getConnection(null, null);
    open.incrementAndGet();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                open.decrementAndGet();
              } else if (method.getName().equals("unwrap")) {
                return connection;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
